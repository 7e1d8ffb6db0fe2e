/* Names completed as they are typed: [[ own posts, [[slug# their paragraphs, [[claim:: claims,
   [@ sources, :: kinds.
   The field keeps the focus; the list beneath the caret is announced through it. */
import { choose, completionAt } from './textops.js';

export const KINDS = {
  background: 'what was written before',
  extends: 'this carries it further',
  updates: 'this brings it up to date',
  corrects: 'this puts it right',
  qualifies: 'this limits it',
  disagrees: 'this argues against it',
  'see-also': 'worth reading beside this',
};
// No kind of reference, but written in the same place.
const CLAIM = { claim: 'the words rest on a claim, or speak of it' };
const WRITTEN = { ...KINDS, ...CLAIM };
const PAUSE = 110;
const NAMES = { post: 'post', paragraph: 'paragraph', claim: 'claim', source: 'source', kind: 'kind' };
const HINTS = {
  post: 'Enter puts it in. Tab chooses the kind, # one of its paragraphs. Esc closes.',
  paragraph: 'Enter puts it in. Tab chooses the kind. Esc closes.',
  claim: 'Enter puts it in. Esc closes.',
  source: 'Enter puts it in. Tab adds a page. Esc closes.',
  kind: 'Enter takes it. Esc closes.',
};
const NOTHING = {
  post: 'No post of these words.',
  paragraph: 'No paragraph of these words.',
  claim: 'No claim of these words. “Assume this…” makes one.',
  source: 'No source of these words. Paste its address to make one.',
  kind: 'No such kind.',
};

const make = (tag, words, kind) => {
  const made = document.createElement(tag);
  if (words) made.textContent = words;
  if (kind) made.className = kind;
  return made;
};

/* Words of which some are marked: [words, isMark] pieces. */
function withMarks(node, pieces) {
  for (const [words, isMark] of pieces) node.append(isMark ? make('mark', words) : words);
  return node;
}

function kindOptions(query, kinds) {
  const begun = query.toLowerCase();
  return Object.entries(kinds).filter(([kind]) => kind.startsWith(begun))
    .map(([kind, about]) => ({ value: kind, title: [[kind, false]], about }));
}

export function start(screen) {
  const { text } = screen;
  const box = make('div', '', 'suggest');
  box.hidden = true;
  const list = make('ul');
  list.id = 'suggest';
  list.setAttribute('role', 'listbox');
  const hint = make('p');
  const said = make('p', '', 'sr');
  said.setAttribute('role', 'status');
  box.append(list, hint);
  text.after(box, said);
  text.setAttribute('aria-autocomplete', 'list');
  text.setAttribute('aria-haspopup', 'listbox');
  text.setAttribute('aria-controls', list.id);

  let spot = null; // what the caret stands in
  let options = [];
  let active = -1;
  let chosenPost = null; // whose kind is being chosen
  let closedAt = ''; // where Escape closed the list
  let asked = 0;
  let running = null;
  let timer = 0;
  let isEnterWaiting = false;

  const now = () => ({ text: text.value, start: text.selectionStart, end: text.selectionEnd });
  const keyOf = (one) => `${one.type === 'source' ? 'source' : 'post'}:${one.opens}`;
  const isOpen = () => !box.hidden;
  const isAsking = () => Boolean(timer || running);

  const stopAsking = () => {
    clearTimeout(timer);
    timer = 0;
    asked += 1;
    if (running) running.abort();
    running = null;
    isEnterWaiting = false;
  };
  const close = () => {
    stopAsking();
    spot = chosenPost = null;
    options = [];
    if (!isOpen()) return;
    box.hidden = true;
    list.replaceChildren();
    text.removeAttribute('aria-activedescendant');
    said.textContent = '';
  };

  /* Beneath the mark that is being written; above it where there is no room beneath. */
  const place = () => {
    if (!spot || !isOpen()) return;
    const at = screen.boxAt(spot.opens);
    const field = text.getBoundingClientRect();
    const around = text.parentElement.getBoundingClientRect();
    const isAway = at.bottom < field.top || at.top > field.bottom;
    box.classList.toggle('away', isAway);
    const height = box.offsetHeight;
    const bottom = window.visualViewport ? window.visualViewport.height + window.visualViewport.offsetTop : window.innerHeight;
    const isAbove = bottom - at.bottom < height + 12 && at.top > bottom - at.bottom;
    const most = around.width - box.offsetWidth - 8;
    box.style.top = `${(isAbove ? at.top - height - 6 : at.bottom + 6) - around.top}px`;
    box.style.left = `${Math.max(8, Math.min(at.left - around.left, most))}px`;
  };

  const activate = (index, isSaid) => {
    active = options.length ? (index + options.length) % options.length : -1;
    [...list.children].forEach((item, place) => item.setAttribute('aria-selected', String(place === active)));
    const item = list.children[active];
    if (!item || !options.length) { text.removeAttribute('aria-activedescendant'); return; }
    text.setAttribute('aria-activedescendant', item.id);
    if (item.offsetTop < list.scrollTop) list.scrollTop = item.offsetTop;
    const end = item.offsetTop + item.offsetHeight;
    if (end > list.scrollTop + list.clientHeight) list.scrollTop = end - list.clientHeight;
    if (isSaid) said.textContent = item.textContent;
  };

  const itemOf = (option, index, type) => {
    const item = make('li');
    item.id = `suggest-${index}`;
    item.setAttribute('role', 'option');
    item.append(withMarks(make('span', '', 't'), option.title), ' ');
    const rest = [option.hidden && make('b', option.hidden, 'draft'), option.about,
      option.passage && option.passage.length > 0 && withMarks(make('span'), option.passage),
      isReferredTo(option, type) && 'Already referred to here.'].filter(Boolean);
    rest.forEach((one, place) => item.append(place ? ' · ' : '', one));
    item.addEventListener('pointerdown', (event) => event.preventDefault());
    item.addEventListener('click', () => take(option));
    return item;
  };
  const isReferredTo = (option, type) => {
    if (type !== 'post') return false;
    const folded = option.value.toLowerCase();
    return [...text.value.matchAll(/\[\[(?:[\w-]+::)?([^[\]|#\n]+)[|#\]]/g)]
      .some((found) => found[1].trim().toLowerCase() === folded);
  };

  const show = (type, found, query, trouble = '') => {
    options = found;
    list.replaceChildren(...found.map((option, index) => itemOf(option, index, type)));
    const name = NAMES[type];
    const many = `${found.length} ${name}${found.length === 1 ? '' : 's'}`;
    list.setAttribute('aria-label', query ? `${many} for “${query.trim()}”` : many);
    list.hidden = !found.length;
    hint.textContent = found.length ? HINTS[type] : trouble || NOTHING[type];
    box.hidden = false;
    activate(0);
    const first = found.length ? `First: ${list.firstElementChild.textContent}` : hint.textContent;
    said.textContent = found.length ? `${many}. ${first}` : first;
    place();
  };

  const ask = async () => {
    timer = 0;
    const mine = asked;
    const { type, query, slug } = spot;
    running = new AbortController();
    let answer;
    try {
      const post = screen.place.dataset.post || '';
      answer = await screen.post(screen.url(`${type}s`), { q: query, slug: slug || '', post }, { signal: running.signal });
    } catch { return; }
    // A late answer is not shown over a newer question.
    if (mine !== asked || !spot) return;
    running = null;
    const isWaiting = isEnterWaiting;
    isEnterWaiting = false;
    const trouble = answer.ok ? '' : answer.out ? screen.OUT : 'The server does not answer. Go on writing.';
    show(type, answer.ok ? answer.data.options : [], query, trouble);
    if (!isWaiting) return;
    if (options.length) take(options[0]);
    else { close(); document.execCommand('insertText', false, '\n'); }
  };

  const look = () => {
    const found = document.activeElement === text ? completionAt(now(), Object.keys(WRITTEN)) : null;
    if (!found) { closedAt = ''; close(); return; }
    if (closedAt === keyOf(found)) { close(); return; }
    const isSame = spot && !chosenPost && ['type', 'query', 'from', 'slug'].every((name) => spot[name] === found[name]);
    if (isSame) { spot = found; return; }
    stopAsking();
    // Of the same kind, the last answer stays until the next is here.
    if (!spot || chosenPost || spot.type !== found.type) { box.hidden = true; options = []; }
    chosenPost = null;
    spot = found;
    if (found.type === 'kind') { show('kind', kindOptions(found.query, WRITTEN), ''); return; }
    timer = setTimeout(ask, PAUSE);
  };

  const take = (option, how = {}) => {
    const done = spot;
    if (chosenPost) screen.edit(choose(now(), done, { ...chosenPost, kind: option.value }));
    else screen.edit(choose(now(), done, { ...option, ...how }));
    close();
    look();
  };
  /* Tab on a post: the list becomes that of the kinds. */
  const chooseKind = () => {
    stopAsking();
    chosenPost = options[active];
    show('kind', kindOptions('', KINDS), '');
  };
  /* "#" on a post: its name is written, and its paragraphs are looked for. */
  const chooseParagraph = () => {
    const { from, to, isClosed } = spot;
    const name = options[active].value;
    const kept = isClosed && text.value[to] === '#' ? '' : '#';
    screen.edit({ from, to, insert: name + kept, select: [from + name.length + 1, from + name.length + 1] });
    look();
  };

  const KEYS = {
    ArrowDown: () => activate(active + 1, true),
    ArrowUp: () => activate(active - 1, true),
    Enter: () => take(options[active]),
    Escape: () => {
      closedAt = keyOf(spot);
      close();
    },
    Tab: () => {
      if (spot.type === 'source') take(options[active], { withPage: true });
      else chooseKind();
    },
    '#': () => chooseParagraph(),
  };
  const isOurs = ({ key }) => {
    if (key === 'Escape') return true;
    if (!isOpen() || !options.length || !(key in KEYS)) return false;
    if (key === '#') return spot.type === 'post' && !chosenPost;
    // From kinds and claims Tab goes on to the next field, as everywhere.
    if (key === 'Tab') return !['kind', 'claim'].includes(spot.type) && !chosenPost;
    return true;
  };
  text.addEventListener('keydown', (event) => {
    // Some keyboards write "#" with Shift or AltGr.
    const isHeld = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (!spot || event.isComposing || (isHeld && event.key !== '#')) return;
    // Who is faster than the answer means its first line.
    if (event.key === 'Enter' && isAsking() && (spot.query || isOpen())) {
      isEnterWaiting = true;
    } else if (isOurs(event)) {
      KEYS[event.key]();
    } else {
      isEnterWaiting = false;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  text.addEventListener('input', look);
  text.addEventListener('keyup', (event) => {
    if (['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'].includes(event.key)) look();
  });
  text.addEventListener('click', look);
  text.addEventListener('blur', close);
  text.addEventListener('scroll', place, { passive: true });
  window.addEventListener('scroll', place, { passive: true });
  window.addEventListener('resize', place);
  if (window.visualViewport) window.visualViewport.addEventListener('resize', place);
  box.addEventListener('pointerdown', (event) => event.preventDefault());
  screen.complete = look;
}
