/* What was typed and never saved, offered again: from the server, or from this browser. */
import { fill, labels, same, sameText, values } from './fields.js';

const PREFIX = 'passim-typed:';

/* The copies of one user in this browser, by sitting. */
export function copiesOf(user) {
  const prefix = `${PREFIX}${user}:`;
  const store = (act) => { try { return act(localStorage); } catch { return null; } };
  const read = (key) => store((box) => { try { return JSON.parse(box.getItem(key)); } catch { return null; } });
  return {
    get: (sitting) => read(prefix + sitting),
    set: (sitting, copy) => store((box) => { box.setItem(prefix + sitting, JSON.stringify(copy)); return true; }),
    drop: (sitting) => store((box) => box.removeItem(prefix + sitting)),
    all: () => (store((box) => Object.keys(box)) || [])
      .filter((key) => key.startsWith(prefix))
      .map((key) => [key.slice(prefix.length), read(key)])
      .filter(([, copy]) => copy && copy.values),
  };
}

export const copyOf = (screen, place, at) => ({
  post: place.dataset.post,
  opened: screen.form.elements.opened.value,
  base: screen.form.elements.base.value,
  at,
  values: values(screen.form),
  labels: labels(screen.form),
});

export function timeIn(zone) {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short' });
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false });
  return (at) => (day.format(at) === day.format(Date.now()) ? clock.format(at) : `${clock.format(at)} on ${day.format(at)}`);
}

/* What was sent from this browser, and is in the post by now. */
export function dropSaved(screen, place, copies) {
  const here = values(screen.form);
  for (const [sitting, copy] of copies.all()) {
    const isOfHere = copy.post === place.dataset.post || (copy.post === '' && place.dataset.post);
    if (copy.sent && isOfHere && sameText(copy.values, here)) copies.drop(sitting);
  }
}

/* What is left in this browser and on the server, newest first; of two copies the newer. */
export function leftOver(screen, place, copies, known) {
  const here = values(screen.form);
  const own = screen.form.elements.sitting.value;
  const found = new Map();
  for (const { sitting, title, at } of known) found.set(sitting, { sitting, title, at: Date.parse(at), where: 'server' });
  for (const [sitting, copy] of copies.all()) {
    if (copy.post !== place.dataset.post || sitting === own) continue;
    if (same(copy.values, here)) { copies.drop(sitting); continue; }
    const server = found.get(sitting);
    if (server && server.at >= copy.at) continue;
    const title = ((copy.values.headline || [''])[0] || (copy.values.body || [''])[0]).trim().slice(0, 120);
    found.set(sitting, { sitting, title: title || 'Nothing but choices', at: copy.at, where: 'browser', copy });
  }
  return [...found.values()].sort((one, other) => other.at - one.at);
}

export async function putBack(screen, place, one) {
  const { form } = screen;
  let { copy } = one;
  if (!copy) {
    const url = `${place.dataset.unsaved}?sitting=${encodeURIComponent(one.sitting)}`;
    const response = await fetch(url, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
    if (!response.ok || response.redirected) throw new Error(`not given back: ${response.status}`);
    const { fields, opened, base } = await response.json();
    const { labels: [words] = ['{}'], ...held } = fields;
    copy = { values: held, labels: JSON.parse(words), opened, base };
  }
  fill(screen, copy.values, copy.labels);
  // What it was typed upon: if the post was saved since, saving this must not pass for the newest.
  form.elements.opened.value = place.dataset.post ? copy.opened || form.elements.opened.value : '';
  form.elements.base.value = place.dataset.post ? copy.base || form.elements.base.value : '';
  form.elements.sitting.value = one.sitting;
  return copy;
}

export function offer(screen, place, list, { take, throwAway }) {
  const time = timeIn(place.dataset.zone);
  const box = document.createElement('section');
  box.className = 'offer';
  box.setAttribute('aria-label', 'Typed here, and not saved');
  const button = (label, more, act) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 's';
    made.textContent = label;
    const which = document.createElement('span');
    which.className = 'sr';
    which.textContent = `: ${more}`;
    made.append(which);
    made.addEventListener('click', act);
    return made;
  };
  for (const one of list) {
    const row = document.createElement('p');
    const words = document.createElement('span');
    const from = one.where === 'browser' ? 'It is in this browser only.' : 'It is kept on the server.';
    words.textContent = `“${one.title}”, typed here until ${time(one.at)}, was not saved. ${from} `;
    const gone = () => { row.remove(); if (!box.querySelector('p')) box.remove(); };
    row.append(words,
      button('Put it back into the form', one.title, () => { gone(); take(one); }), ' ',
      button('Throw it away', one.title, () => { gone(); throwAway(one); }));
    box.append(row);
  }
  screen.form.prepend(box);
}
