/* A layer beneath the text that shows where its marks are. The text field stays what it is: the
   layer holds the same words in the same places, unseen, with washes behind the marks. Only the
   paragraphs that change are made anew, so that a long text costs no more than a short one. */
import { fenceAfter } from './textops.js';

// Code, which is skipped; `[[…]]`; `[^1]`; `[see @a, p. 3]`.
const MARK = /(`+)[^`][\s\S]*?\1(?!`)|\[\[[^\n[\]](?:[^[\]]|\[[^[\]]*\])*\]\]|\[\^[^\s[\]]+\]|\[(?![[^])(?:[^[\]]*?[\s;-])?@[^[\]]+\](?!\()/g;
// What lies between empty lines, with the line break that ends it.
const CHUNK = /[^\n]+(?:\n[^\n]+)*\n?|\n/g;

export function chunksOf(text) {
  const chunks = text.match(CHUNK) || [];
  // The caret may stand on a last line that is empty.
  if (!text || text.endsWith('\n')) chunks.push('');
  return chunks;
}

/* The pieces of a chunk: [words, isMark]; nothing in fenced code is a mark. */
export function piecesOf(chunk, fence) {
  const pieces = [];
  let done = 0;
  let open = fence;
  const marks = /^ {0,3}(?:```|~~~)/m.test(chunk) || fence ? codeAside(chunk, fence) : chunk;
  for (const found of marks.matchAll(MARK)) {
    if (found[1]) continue;
    if (found.index > done) pieces.push([chunk.slice(done, found.index), false]);
    done = found.index + found[0].length;
    pieces.push([found[0], true]);
  }
  if (done < chunk.length) pieces.push([chunk.slice(done), false]);
  for (const line of chunk.split('\n')) open = fenceAfter(line, open);
  return { pieces, fence: open };
}

/* The chunk with its fenced lines blotted out, nothing moved. */
function codeAside(chunk, fence) {
  let open = fence;
  return chunk.split('\n').map((line) => {
    const was = open;
    open = fenceAfter(line, open);
    return was || open ? ' '.repeat(line.length) : line;
  }).join('\n');
}

export function start(screen) {
  const { text } = screen;
  const layer = document.createElement('div');
  layer.className = 'mirror';
  layer.setAttribute('aria-hidden', 'true');
  const page = document.createElement('div');
  layer.append(page);
  text.before(layer);
  text.parentElement.classList.add('twin');

  let shown = []; // of each chunk: {chunk, fence (at its beginning), after, node}
  let lost = new Set(); // marks that lead nowhere, as the server said

  const nodeOf = (chunk, fence) => {
    const { pieces, fence: after } = piecesOf(chunk, fence);
    const node = document.createElement('div');
    for (const [words, isMark] of pieces) {
      if (!isMark) { node.append(words); continue; }
      const mark = document.createElement('b');
      mark.textContent = words;
      mark.classList.toggle('no', lost.has(words));
      node.append(mark);
    }
    if (!chunk) node.append('\u200b');
    return { chunk, fence, after, node };
  };

  let known = null;
  const refresh = () => {
    if (text.value === known) return;
    known = text.value;
    const chunks = chunksOf(known);
    const least = Math.min(chunks.length, shown.length);
    let head = 0;
    while (head < least && chunks[head] === shown[head].chunk) head += 1;
    let tail = 0;
    while (tail < least - head && chunks[chunks.length - 1 - tail] === shown[shown.length - 1 - tail].chunk) tail += 1;
    let fence = head ? shown[head - 1].after : '';
    const made = [];
    for (const chunk of chunks.slice(head, chunks.length - tail)) {
      made.push(nodeOf(chunk, fence));
      fence = made[made.length - 1].after;
    }
    const kept = shown.slice(shown.length - tail);
    // A fence that was opened or closed changes what follows it, as far as it reaches.
    let again = 0;
    while (again < kept.length && kept[again].fence !== fence) {
      made.push(nodeOf(kept[again].chunk, fence));
      fence = made[made.length - 1].after;
      again += 1;
    }
    for (const old of shown.slice(head, shown.length - tail + again)) old.node.remove();
    const before = again < kept.length ? kept[again].node : null;
    const some = document.createDocumentFragment();
    for (const one of made) some.append(one.node);
    page.insertBefore(some, before);
    shown = [...shown.slice(0, head), ...made, ...kept.slice(again)];
    follow();
  };

  const follow = () => { if (layer.scrollTop !== text.scrollTop) layer.scrollTop = text.scrollTop; };
  const fit = () => {
    layer.style.height = `${text.offsetHeight}px`;
    page.style.width = `${text.clientWidth}px`;
    follow();
  };

  /* Once a frame is enough, however fast the keys come. */
  let waiting = 0;
  const soon = () => {
    if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; refresh(); });
  };

  /* Where the character at a place stands, as a box in the window. */
  screen.boxAt = (at) => {
    refresh();
    fit();
    let rest = at;
    for (const { chunk, node } of shown) {
      const isLast = node === shown[shown.length - 1].node;
      if (rest < chunk.length || isLast) return boxIn(node, Math.min(rest, chunk.length));
      rest -= chunk.length;
    }
    return layer.getBoundingClientRect();
  };
  const boxIn = (node, at) => {
    const range = document.createRange();
    let rest = at;
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    let words = walker.nextNode();
    while (words && rest > words.length) {
      rest -= words.length;
      words = walker.nextNode() || null;
    }
    if (!words) return node.getBoundingClientRect();
    range.setStart(words, Math.min(rest, words.length));
    range.collapse(true);
    const boxes = range.getClientRects();
    // A place behind a line break has no box of its own.
    return boxes.length ? boxes[boxes.length - 1] : node.getBoundingClientRect();
  };
  /* Where each paragraph begins: [words, top in the text field]. */
  screen.paragraphTops = () => {
    refresh();
    const top = page.getBoundingClientRect().top;
    return shown.filter(({ chunk }) => chunk.trim())
      .map(({ chunk, node }) => [chunk, node.getBoundingClientRect().top - top]);
  };

  const nameLost = (marks) => {
    lost = new Set(marks);
    for (const mark of page.querySelectorAll('b')) mark.classList.toggle('no', lost.has(mark.textContent));
  };

  text.addEventListener('input', soon);
  text.addEventListener('scroll', follow, { passive: true });
  new ResizeObserver(fit).observe(text);
  // What other parts put into the field by itself tells nobody.
  for (const name of ['typed', 'replaced', 'replace', 'saved']) screen.on(name, soon);
  screen.on('known', ({ lost: found }) => nameLost(found.map(({ place }) => place && place.source)));
  window.addEventListener('pageshow', soon);
  refresh();
  fit();
}
