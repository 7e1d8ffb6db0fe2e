/* The fields of a report in a dialog: what is asked depends on what is said, origins and sources
   are completed, and what the server refuses is told at its field. */
import { offering } from './choosing.js';

/* Asks the server; again where the log-in had run out and is renewed. */
export async function send(screen, url, values) {
  const sent = () => {
    const data = new FormData();
    for (const [name, value] of values instanceof FormData ? values : Object.entries(values)) data.append(name, value);
    return data;
  };
  const answer = await screen.post(url, sent());
  if (!answer.out && answer.status !== 403) return answer;
  const who = await screen.login.check();
  if (who === 'away') return { ...answer, status: 0, data: {} };
  if (who !== 'in' && !await screen.login.ask()) return { ...answer, status: 401, data: {} };
  return screen.post(url, sent());
}

/* By field; what has none of its own stands above them all. The first is focused. */
export function tell(form, answer) {
  const errors = answer.ok ? {} : answer.data.errors || { __all__: wrong(answer) };
  const rest = [];
  for (const [name, words] of Object.entries(errors)) if (!form.querySelector(`[data-error="${name}"]`)) rest.push(words);
  if (rest.length) errors.__all__ = rest.join(' ');
  let first = null;
  for (const place of form.querySelectorAll('[data-error]')) {
    const { error: name } = place.dataset;
    place.textContent = errors[name] || '';
    const field = place.parentElement.querySelector('input:not([type=hidden]),textarea,select');
    if (name === '__all__' || !field) continue;
    field.toggleAttribute('aria-invalid', Boolean(errors[name]));
    if (errors[name]) {
      place.id = `${field.id}-wrong`;
      field.setAttribute('aria-describedby', place.id);
      field.setAttribute('aria-invalid', 'true');
      first = first || field;
    } else field.removeAttribute('aria-describedby');
  }
  if (!first) return;
  for (let box = first.closest('details'); box; box = box.parentElement.closest('details')) box.open = true;
  first.focus();
}

function wrong({ status, data }) {
  if (status === 401) return 'You are logged out. Nothing was entered; what you typed stays here.';
  return data.error || 'The server does not answer. Nothing was entered; what you typed stays here.';
}

/* What of the fields is to be seen, by what they say. */
function fit(box, isDescribed) {
  const { value } = box.querySelector('[name=stance]');
  box.querySelector('.if-described').hidden = !isDescribed;
  box.querySelector('.if-repeats').hidden = value !== 'repeats';
  box.querySelector('.if-confirms').hidden = value !== 'confirms';
  if (value !== 'repeats') box.querySelector('[name=repeats]').value = '';
  if (value !== 'confirms') box.querySelector('[name=has_authority]').checked = false;
}

export function reportFields(screen, form) {
  const box = form.querySelector('.report');
  const field = (name) => box.querySelector(`[name=${name}]`);
  const [origin, tick] = [field('origin'), field('is_described')];
  const known = field('origin_id');
  let isUnnamed = false; // the one that was chosen

  const refit = () => {
    fit(box, tick.checked || isUnnamed);
    tick.closest('.tick').hidden = Boolean(known.value);
    field('body').closest('p').hidden = isUnnamed;
  };
  const forget = () => {
    known.value = '';
    isUnnamed = false;
    refit();
  };
  offering(origin, {
    ask: (q, how) => screen.post(screen.url('origins'), { q }, how),
    take: (option, words) => {
      origin.value = words;
      known.value = option.value;
      tick.checked = false;
      isUnnamed = !option.isNamed;
      refit();
    },
    typed: forget,
  });
  const source = field('source');
  offering(source, {
    ask: (q, how) => (/^https?:/i.test(q) ? { ok: true, data: { options: [] } } : screen.post(screen.url('sources'), { q: q.replace(/^\[?@/, '') }, how)),
    take: (option) => { source.value = `@${option.value}`; },
  });
  source.placeholder = '@key, or a pasted address';
  for (const one of [tick, field('stance')]) one.addEventListener('change', refit);
  refit();

  return {
    /* The reports that one more may repeat. */
    offer(reports) {
      const menu = field('repeats');
      const options = reports.map(({ id, words }) => new Option(words, id));
      menu.replaceChildren(menu.options[0], ...options);
      field('stance').querySelector('[value=repeats]').hidden = !reports.length;
      refit();
    },
    focus: () => origin.focus(),
  };
}
