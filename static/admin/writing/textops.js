/* Changes of the text, as pure functions: a state {text, start, end} gives an edit
   {from, to, insert, select}. What is outside from … to is never touched. Places are counted
   in UTF-16 units, as the browser does. */

export const HERE = 'here';

const edit = (from, to, insert, start = from + insert.length, end = start) =>
  ({ from, to, insert, select: [start, end] });

export function apply(text, { from, to, insert }) {
  return text.slice(0, from) + insert + text.slice(to);
}

const lineStart = (text, at) => text.lastIndexOf('\n', at - 1) + 1;
const lineEnd = (text, at) => {
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found;
};

/* Fences */

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/* The fence that is open after a line, '' where none is. */
export function fenceAfter(line, open) {
  const found = FENCE.exec(line);
  if (!found) return open;
  if (!open) return found[1];
  return found[1].startsWith(open) && !line.slice(found[0].length).trim() ? '' : open;
}

/* Whether what stands at a place is code, where marks stay as typed. */
export function isInCode(text, at) {
  const start = lineStart(text, at);
  let open = '';
  if (/^ {0,3}(?:```|~~~)/m.test(text)) {
    for (const line of text.slice(0, start).split('\n')) open = fenceAfter(line, open);
  }
  if (open) return true;
  let ticks = '';
  for (const [run] of text.slice(start, at).matchAll(/`+/g)) {
    if (!ticks) ticks = run;
    else if (ticks === run) ticks = '';
  }
  return ticks !== '';
}

/* Round the selected words */

export function wrap({ text, start, end }, mark) {
  const size = mark.length;
  let [from, to] = [start, end];
  // A triple star is both: bold within italic.
  const stars = (side) => side.length - side.replaceAll('*', '').length;
  const isWrapped = (before, after) => {
    const many = Math.min(stars(before), stars(after));
    return mark === '*' ? many === 1 || many === 3 : many >= size;
  };
  const before = /\**$/.exec(text.slice(Math.max(0, from - 3), from))[0];
  const after = /^\**/.exec(text.slice(to, to + 3))[0];
  if (isWrapped(before, after)) {
    return edit(from - size, to + size, text.slice(from, to), from - size, to - size);
  }
  const inner = text.slice(from, to);
  const opening = /^\**/.exec(inner)[0];
  const closing = /\**$/.exec(inner)[0];
  if (inner.length > 2 * size && isWrapped(opening.slice(0, 3), closing.slice(0, 3))) {
    return edit(from, to, inner.slice(size, -size), from, to - 2 * size);
  }
  // Marks stand against words, not against blanks.
  from += inner.length - inner.trimStart().length;
  to -= inner.trim() ? inner.length - inner.trimEnd().length : to - from;
  return edit(from, to, mark + text.slice(from, to) + mark, from + size, to + size);
}

const ADDRESS = /^(?:https?:\/\/|\/\/)[^\s<>"]+$/i;
export const isAddress = (words) => ADDRESS.test(words.trim());

export function link({ text, start, end }) {
  const words = text.slice(start, end);
  if (isAddress(words)) return edit(start, end, `[](${destination(words)})`, start + 1);
  if (!words) return edit(start, end, '[]()', start + 1);
  const label = linkText(words);
  return edit(start, end, `[${label}]()`, start + label.length + 3);
}

/* Words as a link's text or a mark's words: brackets that do not pair would close it early. */
export function linkText(words) {
  let depth = 0;
  for (const [sign] of words.matchAll(/\\.|[[\]]/gs)) {
    if (sign === '[') depth += 1;
    if (sign === ']') depth -= 1;
    if (depth < 0) break;
  }
  return depth === 0 && !words.includes('[[') ? words : words.replace(/(?<!\\)[[\]]/g, '\\$&');
}

export function destination(url) {
  return /[()\s<>]/.test(url) ? `<${url.replace(/[<>\s]/g, encodeURIComponent)}>` : url;
}

/* Lines */

function onLines({ text, start, end }, change) {
  const from = lineStart(text, start);
  // A selection that ends at the beginning of a line does not hold that line.
  const last = end > start && text[end - 1] === '\n' ? end - 1 : end;
  const to = lineEnd(text, last);
  const insert = change(text.slice(from, to).split('\n')).join('\n');
  if (start !== end) return edit(from, to, insert, from, from + insert.length);
  return edit(from, to, insert, from + Math.max(0, insert.length - (to - start)));
}

const toggled = (pattern, make) => (lines) => {
  const full = lines.filter((line) => line.trim());
  if (full.length && full.every((line) => pattern.test(line))) {
    return lines.map((line) => line.replace(pattern, ''));
  }
  let number = 0;
  const add = (line) => make(number += 1) + line;
  return lines.length === 1 ? lines.map(add) : lines.map((line) => (line.trim() ? add(line) : line));
};
const ITEM = /^(?:[-*+]|\d{1,9}[.)]) /;
const asItems = (pattern, make) => (lines) =>
  toggled(pattern, make)(lines.map((line) => (pattern.test(line) ? line : line.replace(ITEM, ''))));

/* A paragraph quoted over several lines stays one quotation: its empty lines are quoted too. */
const quoted = (lines) => {
  const full = lines.filter((line) => line.trim());
  if (full.length && full.every((line) => /^> ?/.test(line))) {
    return lines.map((line) => line.replace(/^> ?/, ''));
  }
  return lines.map((line) => (line || lines.length === 1 ? `> ${line}` : '>'));
};

export const quote = (state) => onLines(state, quoted);
export const list = (state) => onLines(state, asItems(/^[-*+] /, () => '- '));
export const numbered = (state) =>
  onLines(state, asItems(/^\d{1,9}[.)] /, (number) => `${number}. `));

/* None, then ##, then ###, then none: the headline of the post is the only #. */
export const heading = (state) => onLines(state, (lines) => {
  const level = (/^(#{1,6}) /.exec(lines[0]) || ['', ''])[1].length;
  const sign = level === 0 ? '## ' : level < 3 ? '### ' : '';
  return lines.map((line) => (line.trim() || lines.length === 1 ? sign + line.replace(/^#{1,6} /, '') : line));
});

/* Footnotes */

export function labelsOf(text) {
  return new Set([...text.matchAll(/\[\^([^\s[\]]+)\]/g)].map((found) => found[1]));
}

export function freeLabel(taken) {
  let number = 1;
  while (taken.has(String(number))) number += 1;
  return String(number);
}

/* A new note, with the caret where it is written; from within a note back to its figure. */
export function footnote({ text, start, end }) {
  const line = text.slice(lineStart(text, start), lineEnd(text, start));
  const within = /^\[\^([^\s[\]]+)\]:/.exec(line);
  const figure = within ? text.search(new RegExp(`\\[\\^${within[1].replace(/[^\w]/g, '\\$&')}\\](?!:)`)) : -1;
  if (figure >= 0) {
    const after = figure + within[1].length + 3;
    return edit(start, start, '', after);
  }
  const label = freeLabel(labelsOf(text));
  const rest = text.slice(end);
  const gap = /\n\n$|^$/.test(rest) && rest ? '' : rest.endsWith('\n') ? '\n' : '\n\n';
  // After other notes a new one needs no empty line.
  const join = /(?:^|\n)\[\^[^\s[\]]+\]:[^\n]*\n?$/.test(text) && gap ? (rest.endsWith('\n') ? '' : '\n') : gap;
  return edit(end, text.length, `[^${label}]${rest}${join}[^${label}]: `);
}

/* Completing: what the caret stands in */

// `[[`, perhaps a kind and `::`, then what is looked for; `#` and a paragraph of that post.
const IN_REFERENCE = /\[\[(?:([\w-]*)::)?([^[\]|#\n]{0,120})(?:#([^[\]|\n]{0,120}))?$/;
const IN_CITATION = /\[(?![[^])((?:[^[\]\n]*?[\s;-])?)@([^[\]@;,\n]{0,120})$/;

/* {type, query, from, to, …} of the mark that is being written at the caret, or null.
   type: "post", "paragraph", "claim", "source", "kind". from … to is what a choice takes the place of. */
export function completionAt({ text, start, end }, kinds) {
  if (start !== end) return null;
  const before = text.slice(Math.max(lineStart(text, start), start - 400), start);
  const cited = IN_CITATION.exec(before);
  if (cited) return isInCode(text, start) ? null : citationAt(text, start, cited);
  const found = IN_REFERENCE.exec(before);
  if (!found || isInCode(text, start)) return null;
  return referenceAt(text, start, found, kinds);
}

const restOf = (text, at, pattern) => pattern.exec(text.slice(at, Math.min(lineEnd(text, at), at + 400)));

function citationAt(text, at, found) {
  const rest = restOf(text, at, /^[^[\]@;,\n]*(?=[\];,])/);
  return {
    type: 'source', query: found[2], from: at - found[2].length,
    to: at + (rest ? rest[0].length : 0), isClosed: Boolean(rest), opens: at - found[0].length,
  };
}

function referenceAt(text, at, [whole, kind, query, paragraph], kinds) {
  const opens = at - whole.length;
  const inKind = kind !== undefined && !kinds.includes(kind);
  // The name goes on behind the caret where the mark is closed already.
  const rest = restOf(text, at, /^[^[\]|#\\\n]*(?=(?:\\?[|#](?:[^[\]\n]|\[[^[\]\n]*\])*)?\]\])/);
  const common = {
    opens, from: opens + 2, to: at + (rest ? rest[0].length : 0), isClosed: Boolean(rest),
    kind: inKind ? '' : kind || '',
  };
  if (inKind) {
    // [[up::slug|words]]: what stands behind the colons is looked for as a kind, or left.
    const typed = kind || query.trim();
    const tail = kind ? query.length : 0;
    return { ...common, type: 'kind', query: typed, from: opens + 2, to: at - tail, tail };
  }
  const from = opens + 2 + (kind ? kind.length + 2 : 0);
  // A claim has no paragraphs.
  if (kind === 'claim') return paragraph === undefined ? { ...common, type: 'claim', query, from } : null;
  if (paragraph !== undefined) {
    return { ...common, type: 'paragraph', slug: query.trim(), query: paragraph, from: at - paragraph.length };
  }
  return { ...common, type: 'post', query, from };
}

/* What a choice puts into the text. The word that stands for the link is selected afterwards,
   to be typed over. */
export function choose(state, spot, choice) {
  const { text } = state;
  if (spot.type === 'kind') {
    return edit(spot.from, spot.to, `${choice.value}::`, spot.from + choice.value.length + 2 + spot.tail);
  }
  if (spot.type === 'source') return chooseSource(spot, choice);
  const kind = choice.kind === undefined ? spot.kind : choice.kind;
  const from = spot.opens + 2;
  const name = spot.type === 'paragraph' ? `${spot.slug}#${choice.value}` : choice.value;
  const value = (kind && kind !== 'background' ? `${kind}::` : '') + name;
  if (spot.isClosed) {
    // The words are there already: go on behind the mark.
    const rest = restOf(text, spot.to, /^(?:[^[\]\n]|\[[^[\]\n]*\])*\]\]/);
    const end = from + value.length + (rest ? rest[0].length : 0);
    return edit(from, spot.to, value, end);
  }
  const bar = isInTable(text, spot.opens) ? '\\|' : '|';
  const start = from + value.length + bar.length;
  return edit(from, spot.to, `${value}${bar}${HERE}]]`, start, start + HERE.length);
}

function chooseSource(spot, { value, withPage }) {
  const key = writtenKey(value);
  const page = withPage ? ', p. ' : '';
  const insert = key + page + (spot.isClosed ? '' : ']');
  const caret = spot.from + key.length + page.length;
  return edit(spot.from, spot.to, insert, withPage ? caret : caret + (spot.isClosed ? 0 : 1));
}

/* Braces where the bare key would end too early. */
const writtenKey = (key) =>
  (/^[\p{L}\p{N}_](?:[\p{L}\p{N}_:.#$%&+?<>~/-]*[\p{L}\p{N}_])?$/u.test(key) ? key : `{${key}}`);

const isInTable = (text, at) => /^\s*\|/.test(text.slice(lineStart(text, at), at + 1));

/* A mark begun by a key or a button; what is selected becomes its words. */
export function begin({ text, start, end }, opening) {
  const inner = text.slice(start, end);
  const words = inner.trim();
  const from = start + inner.indexOf(words);
  const to = from + words.length;
  if (opening === '[@') return edit(to, to, '[@');
  if (!words || /\n\s*\n/.test(words)) return edit(to, to, '[[');
  return edit(from, to, `[[${isInTable(text, from) ? '\\|' : '|'}${linkText(words)}]]`, from + 2);
}

/* Pasting */

/* Whether an address pasted here is part of something already: a link, a mark, code, HTML. */
export function isPlainPlace(text, at) {
  const before = text.slice(lineStart(text, at), at);
  return /(?:\]\(\s*<?|<|\]:\s*|=\s*["']?|\[\[[^[\]]*|<a\s[^>]*)$/.test(before) || isInCode(text, at);
}

/* What an address becomes over selected words, before the server has said whose it is. */
export function linked({ text, start, end }, url) {
  const inner = text.slice(start, end);
  const words = inner.trim();
  const from = start + inner.indexOf(words);
  return edit(from, from + words.length, `[${linkText(words)}](${destination(url)})`);
}

/* …and what it becomes once the server has. */
export function referred({ text, start, end }, mark, words) {
  const inner = text.slice(start, end);
  const shown = inner.trim() ? linkText(inner.trim()) : words || HERE;
  const from = start + (inner.trim() ? inner.indexOf(inner.trim()) : 0);
  const bar = isInTable(text, start) ? '\\|' : '|';
  const insert = `[[${mark}${bar}${shown}]]`;
  const done = edit(from, inner.trim() ? from + inner.trim().length : end, insert);
  if (!inner.trim()) done.select = [from + insert.length - 2 - shown.length, from + insert.length - 2];
  return done;
}

export function cited({ text, start, end }, key) {
  const before = text.slice(lineStart(text, start), start);
  // In a bracket that cites already, or is empty yet, the key is one more.
  const isWithin = /\[(?:[^[\]]*;\s*)?$/.test(before) && /^\s*[;\]]/.test(text.slice(end, end + 200));
  return edit(start, end, isWithin ? `@${writtenKey(key)}` : `[@${writtenKey(key)}]`);
}

/* Markdown put in at the caret; paragraphs, lists and headings get lines of their own. */
export function placed({ text, start, end }, markdown) {
  if (!/\n|^(?:#{1,6} |> |[-*+] |\d{1,9}[.)] |\[\^[^\]]+\]:|```|\|)/.test(markdown)) return edit(start, end, markdown);
  const before = text.slice(0, start);
  const after = text.slice(end);
  const lead = !before || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const tail = !after || after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : '\n\n';
  return edit(start, end, lead + markdown + tail, start + lead.length + markdown.length);
}

/* Where a place is after a change of the text from `was` to `now`; a change at the place itself
   leaves it before what is new. */
export function moved(at, was, now) {
  if (was === now) return at;
  let same = 0;
  const least = Math.min(was.length, now.length);
  while (same < least && was.charCodeAt(same) === now.charCodeAt(same)) same += 1;
  if (at <= same) return at;
  let tail = 0;
  while (tail < least - same && was.charCodeAt(was.length - 1 - tail) === now.charCodeAt(now.length - 1 - tail)) tail += 1;
  return at >= was.length - tail ? at + now.length - was.length : same;
}
