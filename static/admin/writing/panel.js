/* The panel under the text: what it refers to, cites and assumes, what leads nowhere, and the remedies.
   It shows what the server found in the text as it was sent; every change goes by what stands in
   the text now. */
import * as touch from './panel_rows.js';
import { isHeld, keysOf, make, sync, teach } from './rows.js';

const PAUSE = 500;

/* Where a mark stands now: at its place, or the nearest that reads the same. -1 when it is gone. */
export function locate(text, { line, column, source }) {
  let start = 0;
  for (let number = 1; number < line && start >= 0; number += 1) start = text.indexOf('\n', start) + 1 || -1;
  if (column === null || !source) return -1;
  const expected = (start < 0 ? text.length : start) + column;
  if (text.startsWith(source, expected)) return expected;
  const before = text.lastIndexOf(source, expected);
  const after = text.indexOf(source, expected);
  if (before < 0 || after < 0) return Math.max(before, after);
  return expected - before <= after - expected ? before : after;
}

export function start(screen) {
  const { text, form, say, OUT } = screen;
  const panel = document.getElementById('knowing');
  if (!panel) return;
  panel.hidden = false;
  const part = (id) => document.getElementById(id);
  const state = part('knowing-state');
  let timer = 0;
  let running = null;
  let shown = null;

  const tell = (words, isAlert) => say(state, words, isAlert);

  /* Change what stands at a mark's place. Focus goes into the text, or stays where it is. */
  const change = (place, insert, { stay } = {}) => {
    const from = locate(text.value, place);
    if (from < 0) {
      tell('The text has changed there meanwhile. Have another look.', true);
      knowSoon();
      return false;
    }
    const [x, y] = [window.scrollX, window.scrollY];
    screen.edit({ from, to: from + place.source.length, insert });
    place.source = insert;
    if (stay) {
      stay.focus({ preventScroll: true });
      window.scrollTo(x, y);
    }
    return true;
  };

  const goTo = (line, place) => {
    const found = place ? locate(text.value, place) : -1;
    const lines = text.value.split('\n');
    const begin = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    const from = Math.min(found >= 0 ? found : begin, text.value.length);
    const end = found >= 0 ? found + place.source.length : begin + (lines[line - 1] || '').length;
    text.setSelectionRange(from, end);
    // Only a field that takes the focus anew scrolls to its selection.
    text.blur();
    text.focus();
  };

  const useNearest = (item) => {
    if (change(item.place, item.mended)) tell(`Now it leads to “${item.nearest.title}”.`);
  };

  const putIn = async (values) => {
    const answer = await screen.post(panel.dataset.putIn, values);
    if (answer.ok) {
      tell('Saved.');
      know();
      screen.emit('replaced');
    } else if (!answer.data.errors) {
      tell(answer.out ? OUT : answer.data.error || 'The server does not answer. Nothing was saved.', true);
    }
    return answer;
  };

  const { report, make: making } = part('claims').dataset;
  const hands = {
    change, goTo, useNearest, putIn,
    report: report === undefined ? null : (claim) => screen.emit('report', { slug: claim.slug }),
    makeClaim: making === undefined ? null : (claim) => screen.emit('assume', claim),
  };

  const show = (known) => {
    shown = known;
    part('knowing-counts').textContent = `${known.counts.inWords}.`;
    part('knowing-referred').textContent = known.counts.referred;
    part('knowing-unsettled').textContent = known.unsettled;
    const lost = (of) => known.lost.filter((item) => item.of === of).map((item) => ({ lost: item }));
    const rows = {
      referred: [...known.references.map((item) => ({ reference: item })), ...lost('post')],
      cited: [...known.sources.map((item) => ({ source: item })), ...lost('source')],
      claims: [...known.claims.map((item) => ({ claim: item })), ...lost('claim')],
      rest: [...known.pictures.map((item) => ({ picture: item })), ...known.others.map((item) => ({ other: item }))],
      referring: known.touching ? known.touching.posts.map((item) => ({ referring: item })) : [],
    };
    for (const [id, items] of Object.entries(rows)) {
      if (part(id)) sync(part(id), items, touch.keyOf, (item) => touch.rowOf(item, hands));
    }
    for (const id of ['claims', 'rest']) part(id).parentElement.hidden = !rows[id].length;
    if (known.touching) showTouching(known.touching);
  };

  const showTouching = (touching) => {
    const more = touching.more ? [make('li', {}, `and ${touching.more} more`)] : [];
    part('referring').querySelector('.more')?.remove();
    for (const row of more) { row.className = 'more'; part('referring').append(row); }
    part('touched-address').textContent = touching.address;
    part('touched-address').classList.toggle('changed', touching.isNewAddress);
    part('touched-withdrawing').textContent = touching.withdrawing.join(' ');
    part('touched-withdrawing').hidden = part('touched-withdrawing-h').hidden = !touching.withdrawing.length;
  };

  const why = ({ out, status, data }) => {
    if (out || status === 403) return OUT;
    if (status === 413) return data.error;
    return status ? `This could not be brought up to date (${status}).` : 'The server does not answer.';
  };

  const know = async () => {
    clearTimeout(timer);
    if (running) running.abort();
    const mine = running = new AbortController();
    const asked = new FormData();
    asked.append('body', text.value);
    for (const name of ['slug', 'assumes']) asked.append(name, form.elements[name] ? form.elements[name].value : '');
    try {
      const answer = await screen.post(panel.dataset.knowing, asked, { signal: mine.signal });
      if (mine !== running) return;
      if (answer.ok) {
        show(answer.data);
        if (state.classList.contains('bad')) tell('');
        screen.emit('known', answer.data);
      } else tell(`${why(answer)}${shown ? ' Below is what was known before.' : ''}`, true);
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
    }
  };
  const knowSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(know, PAUSE);
  };

  /* Alt+U: the remedy for what leads nowhere, on the line of the caret or else the first. */
  const mendOne = () => {
    const mendable = (shown ? shown.lost : []).filter(
      (item) => item.mended && locate(text.value, item.place) >= 0);
    const line = text.value.slice(0, text.selectionStart).split('\n').length;
    const item = mendable.find((one) => one.line === line) || mendable[0];
    if (item) useNearest(item);
    else tell('Nothing here leads nowhere that has a likely remedy.');
  };
  form.addEventListener('keydown', (event) => {
    if (!isHeld(event)) return;
    if (event.code === 'KeyU') mendOne();
    else if (event.code === 'KeyK') part('knowing-h').focus();
    else return;
    event.preventDefault();
  });

  teach('Use the nearest name for what leads nowhere', keysOf('U'));
  teach('To the references under the text', keysOf('K'));

  // What is typed in the panel is no part of the post's form.
  for (const name of ['input', 'change']) panel.addEventListener(name, (event) => event.stopPropagation());
  screen.on('typed', knowSoon);
  screen.on('replaced', knowSoon);
  window.addEventListener('load', know);
}
