/* Somebody else saved in between: told as soon as it is known, both texts side by side, and one
   step that keeps both. A save that was refused brings the same with its page. */
import { open, piece } from './dialogs.js';
import { fill, labels, values } from './fields.js';

export function start(screen) {
  const { form } = screen;
  const place = document.getElementById('keeping');
  const { base, opened, sitting } = form.elements;
  let told = '';

  const keepBoth = (section) => {
    const both = JSON.parse(section.querySelector('script[type="application/json"]').textContent);
    const held = { ...values(form), ...both.fields };
    fill(screen, held, labels(form));
    opened.value = both.opened;
    base.value = both.base;
    form.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const listen = (section, after) => {
    section.querySelector('[name=_both]').addEventListener('click', (event) => {
      event.preventDefault();
      keepBoth(section);
      after();
    });
  };

  const say = (words, button) => {
    let box = document.getElementById('elsewhere');
    if (!box) {
      box = document.createElement('div');
      box.id = 'elsewhere';
      box.className = 'offer';
      box.setAttribute('role', 'status');
      form.prepend(box);
    }
    const line = document.createElement('p');
    line.textContent = words;
    box.replaceChildren(line, ...(button ? [button] : []));
    return box;
  };
  const both = () => say('Both texts are in the form now, and nothing is saved yet. Read it, and save.');

  const compare = async () => {
    const data = new FormData(form);
    data.set('base', base.value);
    const { html, out } = await piece(screen, place.dataset.compare, data);
    if (!html) {
      if (out) screen.emit('out');
      say(out ? screen.OUT : 'The server does not answer. Both texts are kept; try again.', button());
      return;
    }
    const dialog = open('list-first');
    dialog.classList.add('broad');
    dialog.setAttribute('aria-labelledby', 'compare-h');
    dialog.innerHTML = html;
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 's';
    close.dataset.close = '';
    close.textContent = 'Back to the text';
    dialog.querySelector('.buttons').append(close);
    dialog.querySelector('#compare-h').focus();
    listen(dialog, () => { dialog.close(); both(); });
  };
  const button = () => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 's';
    made.textContent = 'See both texts';
    made.addEventListener('click', compare);
    return made;
  };

  screen.on('elsewhere', ({ state, words }) => {
    if (told === state + sitting.value) return;
    told = state + sitting.value;
    say(`This post was ${words}, after you had opened it here. Yours is kept.`, button());
  });
  const refused = document.getElementById('comparison');
  if (refused) listen(refused, () => { refused.remove(); both(); });
}
