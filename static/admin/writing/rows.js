/* Lists that are brought up to date without taking away what somebody is using in them. */

/* An element: make('p', {className: 'q'}, 'words', child). Names with a dash are attributes. */
export function make(tag, fields = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(fields)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (name.includes('-') || name === 'form' || name === 'role') made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
}

export function button(label, act, fields = {}) {
  return make('button', { type: 'button', className: 's', onclick: act, ...fields }, label);
}

/* One row for each item: a row whose item is as before stays, and so does one that is being
   worked in. Where a row must be made anew, focus goes to its like in the new one. */
export function sync(list, items, keyOf, rowOf) {
  const before = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const { activeElement } = document;
  const place = list.contains(activeElement) ? activeElement.dataset.is : null;
  const holder = place && activeElement.closest('li').dataset.key;
  const seen = new Map();
  const rows = items.map((item) => {
    const name = keyOf(item);
    seen.set(name, (seen.get(name) || 0) + 1);
    const key = `${name} ${seen.get(name)}`;
    const as = JSON.stringify(item);
    const old = before.get(key);
    if (old && (old.dataset.as === as || old.querySelector('[data-open]'))) return old;
    const row = rowOf(item);
    row.dataset.key = key;
    row.dataset.as = as;
    return row;
  });
  for (const row of [...list.children]) if (!rows.includes(row)) row.remove();
  rows.forEach((row, index) => {
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] || null);
  });
  if (place && !list.contains(document.activeElement)) {
    const like = rows.find((row) => row.dataset.key === holder);
    const heir = like && like.querySelector(`[data-is="${place}"]`);
    if (heir) heir.focus({ preventScroll: true });
  }
}

/* Keys that work wherever in the form one is: Alt and one more. On a Mac that types a sign:
   there Control comes to it. */
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
export const keysOf = (sign) => (isMac ? `⌃⌥${sign}` : `Alt+${sign}`);
export const ariaKeys = (sign) => (isMac ? `Control+Alt+${sign}` : `Alt+${sign}`);

export function isHeld(event) {
  return event.altKey && event.ctrlKey === isMac && !event.shiftKey && !event.metaKey && !event.isComposing;
}

/* On the sheet of shortcuts. */
export function teach(name, keys) {
  const sheet = document.querySelector('#keys dl');
  if (sheet) sheet.append(make('dt', {}, name), make('dd', {}, make('kbd', {}, keys)));
}
