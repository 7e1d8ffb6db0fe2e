/* What a form holds, and putting it back. */

const NOT_TYPED = /^(csrfmiddlewaretoken|opened|base|sitting|typed_at|_.*|.*-(TOTAL|INITIAL|M.._NUM)_FORMS)$/;

/* {name: [values]}, of everything that was typed or chosen. */
export function values(form) {
  const held = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== 'string' || NOT_TYPED.test(name)) continue;
    (held[name] = held[name] || []).push(value.replace(/\r\n?/g, '\n'));
  }
  return held;
}

/* {name: {value: words}} of what was chosen from menus that a fresh page has not filled. */
export function labels(form) {
  const words = {};
  for (const menu of form.querySelectorAll('select[name]')) {
    for (const option of menu.selectedOptions) {
      if (option.value) (words[menu.name] = words[menu.name] || {})[option.value] = option.text;
    }
  }
  return words;
}

/* Against what the server sent: a browser may bring typed values back by itself. */
function isTyped(field) {
  if (NOT_TYPED.test(field.name) || !field.name) return false;
  if (field.options) {
    const chosen = [...field.options].filter((option) => option.defaultSelected);
    if (field.multiple) return [...field.options].some((one) => one.selected !== one.defaultSelected);
    return field.selectedIndex !== (chosen.length ? chosen[0].index : Math.min(0, field.options.length - 1));
  }
  if (field.tagName === 'TEXTAREA') return field.value !== field.defaultValue;
  if (field.tagName === 'INPUT' && ['checkbox', 'radio'].includes(field.type)) return field.checked !== field.defaultChecked;
  return field.tagName === 'INPUT' && !['hidden', 'submit', 'button', 'file'].includes(field.type)
    && field.value !== field.defaultValue;
}
export const differs = (form) => [...form.elements].some(isTyped);

const plain = (held, name) => ((held[name] || [''])[0]).trim();
/* Whether two forms say the same to readers, however their menus stand. */
export const sameText = (one, other) => ['headline', 'standfirst', 'body'].every((name) => plain(one, name) === plain(other, name));
/* An empty choice, or none at all, is the same. */
const filled = (held) => JSON.stringify(Object.entries(held).map(([name, list]) => [name, list.filter(Boolean).map((value) => value.trim())])
  .filter(([, list]) => list.length).sort());
export const same = (one, other) => filled(one) === filled(other);

function choose(menu, chosen, words) {
  const wanted = new Set(chosen);
  for (const option of menu.options) option.selected = wanted.delete(option.value);
  for (const value of wanted) if (value) menu.add(new Option(words[value] || value, value, false, true));
  menu.dispatchEvent(new Event('change', { bubbles: true }));
}

/* Rows of bylines that a fresh page does not have yet. */
function addRows(form, held) {
  for (const name of Object.keys(held)) {
    const [, prefix] = /^(\w+)-\d+-\w+$/.exec(name) || [];
    const more = prefix && form.querySelector(`#${prefix}-group .add-row a, #${prefix}-group .addlink`);
    if (more && !form.elements[name]) more.click();
  }
}

/* The form as it was; its text so that one undo takes it back. */
export function fill(screen, held, words = {}) {
  const { form, text } = screen;
  addRows(form, held);
  for (const field of [...form.elements]) {
    if (!field.name || NOT_TYPED.test(field.name) || field.type === 'submit' || field.type === 'button' || field.type === 'file') continue;
    const given = held[field.name];
    if (field.options) { if (given || field.multiple) choose(field, given || [], words[field.name] || {}); }
    else if (['checkbox', 'radio'].includes(field.type)) field.checked = Boolean(given && given.includes(field.value));
    else if (given && field !== text && field.value !== given[0]) {
      field.value = given[0];
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
  const [body] = held[text.name] || [];
  if (body !== undefined && body !== text.value) screen.edit({ from: 0, to: text.value.length, insert: body, select: [0, 0] });
  screen.emit('replaced');
}
