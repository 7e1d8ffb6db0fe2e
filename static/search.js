/* Passim: results while a reader types. Without this file the form is sent and answers the same.
   The page of the same address is asked for, and its results take the place of those shown. */

const WAIT = 200, TELL = 700;
const form = document.querySelector('.ask');
const field = form.q;
const results = document.getElementById('results');
const told = document.getElementById('told');

let asking = null, waiting = 0, telling = 0;
let shown = address();

function address() {
  const given = [...new FormData(form)].filter(([, value]) => value.trim());
  const query = new URLSearchParams(given).toString();
  return query ? `?${query}` : location.pathname;
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT);
}

// A late answer never takes the place of a newer one: who asks again stops the one before.
async function ask() {
  clearTimeout(waiting);
  const wanted = address();
  if (wanted === shown) return;
  asking?.abort();
  const mine = asking = new AbortController();
  results.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(wanted, { signal: mine.signal });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (mine.signal.aborted) return;
    show(page);
    history.replaceState(null, '', wanted);
    shown = wanted;
  } catch (error) {
    if (error.name !== 'AbortError') location.assign(wanted);
  } finally {
    if (mine === asking) results.removeAttribute('aria-busy');
  }
}

function show(page) {
  results.replaceChildren(...document.adoptNode(page.getElementById('results')).childNodes);
  document.title = page.title;
  clearTimeout(telling);
  telling = setTimeout(() => { told.textContent = summary(); }, TELL);
}

function summary() {
  const said = [...results.querySelectorAll('#res-h, .instead')].map(part => part.textContent.trim());
  return said.join('. ');
}

// The arrows go from the field through the titles, and back.
function arrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const stops = [field, ...results.querySelectorAll('.found h3 a')];
  const place = stops.indexOf(document.activeElement);
  if (place < 0 || !stops[place + step]) return;
  event.preventDefault();
  stops[place + step].focus();
}

field.addEventListener('input', soon);
form.addEventListener('change', event => { if (event.target !== field) ask(); });
form.addEventListener('submit', event => {
  event.preventDefault();
  ask();
});
document.addEventListener('keydown', arrows);
