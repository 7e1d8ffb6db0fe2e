/* The words that a claim is made of, as pure functions like those of textops.js: the sentence at
   the caret, what it says without its marks, and the mark that ties it to a claim. */
import { HERE, isInCode, referred } from './textops.js';

// What no mark may hold, nor stand in: code, marks, notes, citations, links, pictures, HTML.
const WHOLE = /(`+)[^`][^]*?\1(?!`)|\[\[[^\n[\]](?:[^[\]]|\[[^[\]]*\])*\]\]|\[\^[^\s[\]]+\]|!?\[[^[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|\[(?![[^])(?:[^[\]]*?[\s;-])?@[^[\]]+\]|<[^<>\n]+>|https?:\/\/[^\s<>]+/g;
// A beginning of a line that is Markdown's and not the sentence's.
const LEAD = /^(?:\s{0,3}(?:>|#{1,6}(?=\s)|[-*+](?=\s)|\d{1,9}[.)](?=\s)|\[\^[^\s[\]]+\]:)\s*)+/;
const CLAIM = /\[\[\s*claim\s*::\s*([^[\]|\n]+?)\s*(?:\\?\|((?:[^[\]]|\[[^[\]]*\])*))?\]\]/gi;
const BREAK = /\n[ \t]*(?:>[ \t]*)*\n/g;

/* The text with what stands whole blotted out, nothing moved: notes and citations as blanks,
   which part no sentence from its end, the rest as letters. */
function blotted(text) {
  return text.replace(WHOLE, (mark) => {
    const isNote = mark.startsWith('[^') || (mark.startsWith('[') && !mark.startsWith('[[') && !mark.endsWith(')'));
    return (isNote ? ' ' : 'x').repeat(mark.length);
  });
}

function trimmed(text, from, to) {
  const inner = text.slice(from, to);
  const start = from + inner.length - inner.trimStart().length;
  return { start, end: Math.max(start, from + inner.trimEnd().length) };
}

function paragraphAt(text, at) {
  let from = 0;
  for (const found of text.matchAll(BREAK)) {
    if (found.index + found[0].length <= at) from = found.index + found[0].length;
    else if (found.index >= at) return { from, to: found.index };
  }
  return { from, to: text.length };
}

/* {start, end} of the selected words, or of the sentence that the caret stands in or behind. */
export function sentenceAt({ text, start, end }) {
  const chosen = trimmed(text, start, end);
  if (chosen.end > chosen.start) return chosen;
  const { from, to } = paragraphAt(text, start);
  const lead = (LEAD.exec(text.slice(from, to)) || [''])[0].length;
  const begin = from + lead;
  const plain = blotted(text.slice(begin, to));
  let found = { start: begin, end: to };
  for (const { index, segment } of segmented(plain)) {
    if (begin + index > start) break;
    if (segment.trim()) found = { start: begin + index, end: begin + index + segment.length };
  }
  const { start: first, end: last } = trimmed(plain, found.start - begin, found.end - begin);
  return { start: begin + first, end: begin + last };
}

function segmented(plain) {
  if (!Intl.Segmenter) return [{ index: 0, segment: plain }];
  return new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(plain);
}

/* What a reader would read of it. */
export function plainOf(words) {
  return words
    .replace(/!\[[^[\]]*\]\([^)]*\)|\[\^[^\s[\]]+\]|\[(?![[^])(?:[^[\]]*?[\s;-])?@[^[\]]+\](?!\()/g, '')
    .replace(/\[\[[^[\]|]*\\?\|((?:[^[\]]|\[[^[\]]*\])*)\]\]/g, '$1')
    .replace(/\[\[(?:[\w-]+::)?([^[\]|]*)\]\]/g, '$1')
    .replace(/\[([^[\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^<>\n]+>|^[ \t]*>[ \t]?/gm, '')
    .replace(/(\*\*|\*|__|`)(?=\S)([^*`]*?\S)\1/g, '$2')
    .replace(/\s+/g, ' ').replace(/ ([.,;:!?…])/g, '$1').trim();
}

/* The longest stretch that a mark can go round: without other marks, full stop and blanks. */
function longest(text, start, end) {
  const inner = text.slice(start, end);
  const isTable = /^\s*\|/.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start + 1));
  const apart = new RegExp(`${WHOLE.source}|${BREAK.source}|\\[\\[|\\]\\]${isTable ? '|\\|' : ''}`, 'g');
  const ends = [...inner.matchAll(apart)].flatMap((found) => [found.index, found.index + found[0].length]);
  let best = { start, end: start };
  [0, ...ends, inner.length].forEach((from, place, places) => {
    if (place % 2 || places[place + 1] === undefined) return;
    const piece = trimmed(text, start + from, start + places[place + 1]);
    const words = text.slice(piece.start, piece.end);
    const lead = (LEAD.exec(words) || /^[\s.,;:!?…)\]”’»]*/.exec(words))[0].length;
    const stop = /[\s.,;:!?…]*$/.exec(words.slice(lead))[0].length;
    const [first, last] = [piece.start + lead, piece.end - stop];
    if (last - first > best.end - best.start) best = { start: first, end: last };
  });
  return best;
}

const isWithin = (text, start, end) =>
  isInCode(text, start) || [...text.matchAll(WHOLE)].some((found) => found.index < start && found.index + found[0].length > start && found.index + found[0].length >= end);

/* [[claim::slug|words]] round the words from `start` to `end`, or put in where there are none.
   Null where no mark can stand: in code, and in another mark. */
export function claimed({ text, start, end }, slug, words = '') {
  if (isWithin(text, start, end)) return null;
  const piece = longest(text, start, end);
  if (piece.end > piece.start) return referred({ text, ...piece }, `claim::${slug}`);
  if (end > start) return null;
  const done = referred({ text, start, end: start }, `claim::${slug}`, words || HERE);
  const caret = done.from + done.insert.length;
  return { ...done, select: [caret, caret] };
}

/* {slug, words} of the claim's mark that the caret stands in or against, or null. */
export function claimAt({ text, start, end }) {
  const near = { from: Math.max(0, start - 600), to: end + 600 };
  for (const found of text.slice(near.from, near.to).matchAll(CLAIM)) {
    const from = near.from + found.index;
    if (from <= start && end <= from + found[0].length) return { slug: found[1], words: found[2] || '' };
  }
  return null;
}

/* The lines of what a post assumes, with one more; as they were where the claim stands there. */
export function withAssumption(lines, slug, words) {
  const name = (line) => line.replace(/^\s*\[\[/, '').split('|')[0].replace(/\]\]\s*$/, '').trim().replace(/^claim::\s*/i, '').toLowerCase();
  if (lines.split('\n').some((line) => name(line) === slug.toLowerCase())) return lines;
  const line = words ? `${slug} | ${words}` : slug;
  return lines.trim() ? `${lines.trimEnd()}\n${line}` : line;
}
