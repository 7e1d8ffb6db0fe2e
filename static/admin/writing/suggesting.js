/* "You wrote about this before": earlier posts on what the paragraph at the caret speaks of,
   one key from the mark that refers to them. Late answers never overwrite newer ones. */
import { referred } from './textops.js';
import { ariaKeys, button, isHeld, keysOf, make, sync, teach } from './rows.js';

const PAUSE = 700;
const SHORTEST = 20;

/* The paragraph at a place: what stands between two empty lines. */
export function paragraphAt(text, at) {
  const before = text.slice(0, at).search(/(?:^|\n[ \t]*\n)(?:(?!\n[ \t]*\n)[^])*$/);
  const from = Math.max(0, before);
  const rest = /\n[ \t]*\n/.exec(text.slice(at));
  return text.slice(from, rest ? at + rest.index : text.length).trim();
}

/* [[slug|here]] at the caret, or round the selected words; apart from the words beside it. */
export function referTo(state, slug) {
  const inner = state.text.slice(state.start, state.end);
  // A mark holds neither an empty line nor another mark: those words stay, it comes after them.
  const isApart = /\n[ \t]*\n|\[\[|\]\]|\[[^\]]*@/.test(inner);
  const spot = isApart ? { ...state, start: state.end } : state;
  const edit = referred(spot, slug, '');
  if (inner.trim() && !isApart) return edit;
  const lead = /[\p{L}\p{N}.,;:!?)\]”’»]$/u.test(state.text.slice(0, edit.from)) ? ' ' : '';
  const tail = /^[\p{L}\p{N}]/u.test(state.text.slice(edit.to)) ? ' ' : '';
  const [from, to] = edit.select;
  return { ...edit, insert: lead + edit.insert + tail, select: [from + lead.length, to + lead.length] };
}

export function start(screen) {
  const { text, say } = screen;
  const panel = document.getElementById('knowing');
  if (!panel) return;
  const list = document.getElementById('before');
  const state = document.getElementById('before-state');
  const none = document.getElementById('before-none');
  const introduction = none.textContent;
  let asked = null;
  let timer = 0;
  let running = null;
  let offered = [];

  const choose = (one) => {
    const { value, selectionStart, selectionEnd } = text;
    screen.edit(referTo({ text: value, start: selectionStart, end: selectionEnd }, one.slug));
    say(state, `Put in: a reference to “${one.title}”.`);
    show(offered.filter((other) => other.slug !== one.slug), '');
  };

  const row = ({ one, number }) => {
    const passage = make('span', { className: 'passage' });
    one.passage.forEach((piece, index) => passage.append(index % 2 ? make('mark', {}, piece) : piece));
    const keys = make('kbd', { 'aria-hidden': 'true' }, keysOf(number));
    return make('li', {}, make('span', { className: 't' }, one.title), one.when ? `${one.when}. ` : '', passage, ' ',
      button('Refer to it', () => choose(one), {
        'data-is': 'refer', 'aria-label': `Refer to “${one.title}”`, 'aria-keyshortcuts': ariaKeys(number),
        // The caret and the selection in the text are what the button works on.
        onmousedown: (event) => event.preventDefault(),
      }), ' ', keys);
  };

  const show = (found, words) => {
    offered = found;
    sync(list, found.map((one, index) => ({ one, number: index + 1 })), ({ one }) => one.slug, row);
    none.textContent = words;
    none.hidden = found.length > 0 || !words;
  };

  const announce = (before) => {
    if (offered.map((one) => one.slug).join() === before) return;
    const many = offered.length === 1 ? 'One earlier post speaks' : `${offered.length} earlier posts speak`;
    say(state, offered.length ? `${many} of this. The first: ${offered[0].title}. ${keysOf(1)} refers to it.` : '');
  };

  const paragraph = () => paragraphAt(text.value, text.selectionStart);

  const ask = async () => {
    const words = paragraph();
    if (words === asked) return;
    asked = words;
    if (running) running.abort();
    const mine = running = new AbortController();
    if (words.length < SHORTEST) {
      show([], introduction);
      announce('');
      return;
    }
    const data = new FormData();
    data.append('paragraph', words);
    data.append('body', text.value);
    const before = offered.map((one) => one.slug).join();
    try {
      const answer = await screen.post(panel.dataset.suggesting, data, { signal: mine.signal });
      if (mine !== running) return;
      if (answer.ok) {
        show(answer.data.suggestions, 'No earlier post speaks of what this paragraph does.');
        announce(before);
      } else {
        asked = null;
        show([], 'Earlier posts cannot be looked for just now.');
      }
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
    }
  };
  const askSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };

  screen.form.addEventListener('keydown', (event) => {
    const number = isHeld(event) && /^Digit([1-9])$/.exec(event.code);
    const one = number && offered[Number(number[1]) - 1];
    if (!one) return;
    event.preventDefault();
    choose(one);
  });
  document.addEventListener('selectionchange', () => {
    if (document.activeElement === text && paragraph() !== asked) askSoon();
  });
  teach('Refer to what you wrote about this before', `${keysOf(1)} … 5`);
  screen.on('typed', askSoon);
  screen.on('replaced', askSoon);
}
