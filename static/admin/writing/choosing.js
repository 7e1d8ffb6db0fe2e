/* A field that offers what its words find: the field keeps the focus, the list beneath it is
   announced through it. What is chosen is told to `take`; what is typed otherwise, to `typed`.
   Where the field is only for `searching`, Enter takes the first that is offered. */
import { make } from './rows.js';

const PAUSE = 110;
let number = 0;

export function offering(input, { ask, take, typed = () => {}, searching = false }) {
  const id = `offers-${number += 1}`;
  const list = make('ul', { id, role: 'listbox', className: 'offers', hidden: true, 'aria-label': 'What is offered' });
  const said = make('span', { className: 'sr', role: 'status' });
  input.after(list, said);
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': id, 'aria-expanded': 'false' })) {
    input.setAttribute(name, value);
  }
  let options = [];
  let active = -1;
  let timer = 0;
  let running = null;
  let isEnterWaiting = false;

  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    if (running) running.abort();
    running = null;
    isEnterWaiting = false;
  };
  const close = () => {
    stop();
    options = [];
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const activate = (index) => {
    active = (index + options.length) % options.length;
    [...list.children].forEach((item, place) => item.setAttribute('aria-selected', String(place === active)));
    input.setAttribute('aria-activedescendant', list.children[active].id);
    list.children[active].scrollIntoView({ block: 'nearest' });
  };
  const choose = (option) => {
    close();
    said.textContent = '';
    take(option, option.title.map(([words]) => words).join(''));
  };
  const row = (option, index) => {
    const title = make('span', { className: 't' });
    for (const [words, isMark] of option.title) title.append(isMark ? make('mark', {}, words) : words);
    return make('li', {
      id: `${id}-${index}`, role: 'option', 'aria-selected': 'false', onclick: () => choose(option),
      onpointerdown: (event) => event.preventDefault(),
    }, title, ' ', option.about);
  };
  const show = (found) => {
    options = found;
    active = -1;
    list.replaceChildren(...found.map(row));
    list.hidden = !found.length;
    input.setAttribute('aria-expanded', String(Boolean(found.length)));
    input.removeAttribute('aria-activedescendant');
    const first = found.length ? ` First: ${list.firstElementChild.textContent}` : '';
    said.textContent = found.length ? `${found.length} offered.${first}` : 'Nothing of these words.';
    if (searching && found.length) activate(0);
  };
  const look = async () => {
    const wasWaiting = isEnterWaiting;
    stop();
    isEnterWaiting = wasWaiting;
    const mine = running = new AbortController();
    let answer;
    try { answer = await ask(input.value.trim(), { signal: mine.signal }); } catch { return; }
    if (mine !== running) return;
    running = null;
    const isWaiting = isEnterWaiting;
    isEnterWaiting = false;
    show(answer.ok ? answer.data.options : []);
    // Who is faster than the answer means its first line.
    if (isWaiting && options.length) choose(options[0]);
  };

  input.addEventListener('input', () => {
    typed();
    stop();
    if (input.value.trim()) timer = setTimeout(look, PAUSE);
    else close();
  });
  input.addEventListener('keydown', (event) => {
    if (searching && event.key === 'Enter' && !options.length && input.value.trim()) {
      event.preventDefault();
      isEnterWaiting = Boolean(timer || running);
      return;
    }
    const isStep = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (event.isComposing || !(isStep || (options.length && ['Enter', 'Escape'].includes(event.key)))) return;
    if (event.key === 'Enter' && active < 0) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') choose(options[active]);
    else if (options.length) activate(event.key === 'ArrowDown' ? active + 1 : Math.max(active, 0) - 1);
    else look();
  });
  input.addEventListener('blur', close);
  return { close };
}
