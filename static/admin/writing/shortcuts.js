/* Marks by keys and buttons, and the sheet that names them. Tab is left alone. */
import * as ops from './textops.js';

/* [what it does, keys as shown, test of the key, what it does to the text or which dialog it opens] */
const isDigit = (digit) => (event) => event.shiftKey && event.code === `Digit${digit}`;
const isLetter = (letter, shift = false) => (event) => {
  if (event.shiftKey !== shift) return false;
  const key = event.key.toLowerCase();
  // Under a Cyrillic or Greek layout the place of the key counts.
  return /^[a-z]$/.test(key) ? key === letter : event.code === `Key${letter.toUpperCase()}`;
};
export const SHORTCUTS = [
  { name: 'Refer to an earlier post', keys: 'Ctrl+Shift+E', is: isLetter('e', true), act: (state) => ops.begin(state, '[[') },
  { name: 'Cite a source', keys: 'Ctrl+Shift+S', is: isLetter('s', true), act: (state) => ops.begin(state, '[@') },
  { name: 'Footnote; again: back to the text', keys: 'Ctrl+Shift+6', is: isDigit(6), act: ops.footnote },
  { name: 'Assume this: tie it to a claim', keys: 'Ctrl+Shift+F', is: isLetter('f', true), opens: 'assume' },
  { name: 'Report on a claim', keys: 'Ctrl+Shift+L', is: isLetter('l', true), opens: 'report' },
  { name: 'Bold', keys: 'Ctrl+B', is: isLetter('b'), act: (state) => ops.wrap(state, '**') },
  { name: 'Italic', keys: 'Ctrl+I', is: isLetter('i'), act: (state) => ops.wrap(state, '*') },
  { name: 'Link', keys: 'Ctrl+K', is: isLetter('k'), act: ops.link },
  { name: 'Heading, smaller heading, none', keys: 'Ctrl+Shift+1', is: isDigit(1), act: ops.heading },
  { name: 'Numbered list', keys: 'Ctrl+Shift+7', is: isDigit(7), act: ops.numbered },
  { name: 'List', keys: 'Ctrl+Shift+8', is: isDigit(8), act: ops.list },
  { name: 'Quotation', keys: 'Ctrl+Shift+9', is: isDigit(9), act: ops.quote },
];
const ALSO = [
  ['These shortcuts', 'Ctrl+/'],
  ['Find a post, a source, a claim', '[[, [@ and [[claim::'],
  ['A paragraph of a post', '[[name#'],
  ['The kind of a reference', 'Tab, or [[::'],
  ['Paste as it is, nothing made of it', 'Ctrl+Shift+V'],
  ['Take back', 'Ctrl+Z'],
];
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const shown = (keys) => (isMac ? keys.replace('Ctrl', '⌘').replace('Shift', '⇧').replaceAll('+', ' ') : keys);

function fill(sheet) {
  const list = sheet.querySelector('dl');
  for (const [name, keys] of [...SHORTCUTS.map((one) => [one.name, one.keys]), ...ALSO]) {
    const term = document.createElement('dt');
    term.textContent = name;
    const value = document.createElement('dd');
    const key = document.createElement('kbd');
    key.textContent = shown(keys);
    value.append(key);
    list.append(term, value);
  }
}

export function start(screen) {
  const { text } = screen;
  const now = () => ({ text: text.value, start: text.selectionStart, end: text.selectionEnd });
  const run = ({ act, opens }) => {
    if (opens) { screen.emit(opens, {}); return; }
    screen.edit(act(now()));
    if (screen.complete) screen.complete();
  };

  const sheet = document.getElementById('keys');
  fill(sheet);
  const opener = document.getElementById('keys-open');
  const help = () => {
    if (sheet.open) sheet.close();
    else sheet.showModal();
  };
  opener.addEventListener('click', help);
  sheet.addEventListener('click', (event) => { if (event.target === sheet) sheet.close(); });

  text.addEventListener('keydown', (event) => {
    const isHeld = (event.ctrlKey !== event.metaKey) && !event.altKey;
    if (!isHeld || event.isComposing) return;
    const found = SHORTCUTS.find((one) => one.is(event));
    if (!found) return;
    event.preventDefault();
    run(found);
  });
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey !== event.metaKey) && !event.altKey && !event.shiftKey && (event.key === '/' || (event.code === 'Slash' && !/^[\w#-]$/.test(event.key)))) {
      event.preventDefault();
      help();
    }
  });

  for (const button of screen.place.querySelectorAll('button[data-does]')) {
    const found = SHORTCUTS.find((one) => one.name.startsWith(button.dataset.does));
    button.title = shown(found.keys);
    // The field keeps its selection, and a phone its keyboard.
    button.addEventListener('pointerdown', (event) => event.preventDefault());
    button.addEventListener('click', () => run(found));
  }
  for (const hidden of screen.place.querySelectorAll('.tools [hidden]:not(label)')) hidden.hidden = false;
}
