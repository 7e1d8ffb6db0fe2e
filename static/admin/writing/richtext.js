/* Rich text from the clipboard (a word processor, a web page) as clean Markdown, links kept.
   Pure: HTML in, Markdown out. Nothing of the HTML ever reaches the page. */

const SKIPPED = new Set(['SCRIPT', 'STYLE', 'HEAD', 'META', 'TITLE', 'LINK', 'TEMPLATE', 'NOSCRIPT',
  'BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'IFRAME', 'OBJECT', 'VIDEO', 'AUDIO', 'SVG', 'XML']);
const BLOCKS = new Set(['P', 'DIV', 'SECTION', 'ARTICLE', 'MAIN', 'HEADER', 'FOOTER', 'ASIDE', 'NAV',
  'FIGURE', 'FIGCAPTION', 'ADDRESS', 'DL', 'DT', 'DD', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'UL', 'OL',
  'LI', 'BLOCKQUOTE', 'PRE', 'TABLE', 'THEAD', 'TBODY', 'TR', 'HR', 'CENTER', 'FORM', 'BODY', 'DETAILS', 'SUMMARY']);
const TELLING = 'a[href],b,strong,i,em,h1,h2,h3,h4,h5,h6,ul,ol,blockquote,table,del,s,strike,hr';

/* Markdown, or null where the plain text of the clipboard says as much. `taken` are labels of
   footnotes in use; `left` counts the pictures that were left out. */
export function toMarkdown(html, taken = new Set()) {
  const page = new DOMParser().parseFromString(withoutLooks(html), 'text/html');
  const body = page.body;
  const styled = [...body.querySelectorAll('[data-style]')].some((node) => /(?<![\w-])font-weight:\s*(?:bold|[6-9]00)|font-style:\s*italic|mso-list/i.test(styleOf(node)));
  const isOnlyCode = body.querySelector('pre') && body.textContent.trim() === body.querySelector('pre').textContent.trim();
  if (isOnlyCode || (!styled && !body.querySelector(TELLING))) return null;
  const reader = new Reader(body, taken);
  const markdown = tidy(reader.blocks(body));
  return { markdown: markdown + reader.notesAtEnd(), left: body.querySelectorAll('img').length };
}

/* The page's own policy holds for what is parsed, too: styles are read, but never styles. */
const withoutLooks = (html) => html
  .replace(/<!--[\s\S]*?-->|<!\[[^>]*>|<(style|script)\b[\s\S]*?<\/\1\s*>/gi, '')
  .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(?:style|on\w+)\s*=/gi, (name) => (/style/i.test(name) ? ' data-style=' : ' data-off=')));
const styleOf = (node) => node.getAttribute('data-style') || '';

const tidy = (blocks) => blocks.filter((block) => block.trim()).join('\n\n').replace(/\n{3,}/g, '\n\n').trim();

/* What carries emphasis: the element, or a style that says the contrary of it. */
function formatOf(node, outer) {
  const style = styleOf(node).toLowerCase();
  const format = { ...outer };
  if (/^(?:B|STRONG)$/.test(node.tagName)) format.bold = true;
  if (/^(?:I|EM|CITE|VAR|DFN)$/.test(node.tagName)) format.italic = true;
  if (/^(?:DEL|S|STRIKE)$/.test(node.tagName)) format.strike = true;
  if (/^(?:CODE|KBD|SAMP|TT)$/.test(node.tagName)) format.code = true;
  const weight = /(?<![\w-])font-weight:\s*(\w+)/.exec(style);
  if (weight) format.bold = /^(?:bold|bolder|[6-9]00)$/.test(weight[1]);
  const slant = /(?<![\w-])font-style:\s*(\w+)/.exec(style);
  if (slant) format.italic = /^(?:italic|oblique)$/.test(slant[1]);
  if (/text-decoration[^;]*line-through/.test(style)) format.strike = true;
  return format;
}

/* Where a link goes; '' for what leads nowhere outside of the clipboard. */
export function addressOf(href) {
  let url = (href || '').trim();
  const wrapped = /^https?:\/\/(?:www\.)?google\.[a-z.]+\/url\?(?:[^#]*&)?(?:q|url)=([^&#]+)/i.exec(url);
  if (wrapped) try { url = decodeURIComponent(wrapped[1]); } catch { /* as it stands */ }
  return /^(?:https?:\/\/|mailto:|\/(?!\/))/i.test(url) ? url : '';
}

/* Signs that Markdown would read as its own. */
export function escaped(words) {
  return words
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .replace(/`/g, '\\`')
    .replace(/\*(?=\S)|(?<=\S)\*/g, '\\*')
    .replace(/(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/~~/g, '\\~\\~')
    .replace(/\[(?=\[|\^|[^\]]*@|[^\]]*\](?:\(|\[|:))/g, '\\[')
    .replace(/<(?=[A-Za-z/!?])/g, '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&');
}

const lineSafe = (line) => line
  .replace(/^(#{1,6})(?=\s|$)/, '\\$1')
  .replace(/^>/, '\\>')
  .replace(/^([-+*])(?=\s|$)/, '\\$1')
  .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
  .replace(/^(={1,}|-{2,})\s*$/, '\\$1')
  .replace(/^(~{3,})/, '\\$1');

const WORD = /[\p{L}\p{N}]/u;

class Reader {
  constructor(body, taken) {
    this.notes = new Map(); // link's target → label
    this.texts = []; // of notes, in order
    this.noteNodes = new Map(); // element that holds a note's text → label
    this.findNotes(body, taken);
    const levels = [...body.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((node) => Number(node.tagName[1]));
    // The headline of the post is the first level.
    this.shift = levels.length ? Math.max(0, 2 - Math.min(...levels)) : 0;
  }

  /* Word and LibreOffice: a figure that leads to a note, which leads back to it. */
  findNotes(body, taken) {
    const anchors = [...body.querySelectorAll('a[href^="#"]')];
    const nameOf = (node) => node.getAttribute('name') || node.id;
    const used = new Set(taken);
    for (const figure of anchors) {
      const back = anchors.find((node) => node !== figure && node.getAttribute('href') === `#${nameOf(figure)}`
        && `#${nameOf(node)}` === figure.getAttribute('href'));
      if (!back || this.notes.has(back) || this.notes.has(figure)) continue;
      let number = 1;
      while (used.has(String(number))) number += 1;
      used.add(String(number));
      this.notes.set(figure, `[^${number}]`);
      this.notes.set(back, '');
      const holder = back.closest('[id^="ftn"],[id^="sdfootnote"],[id^="edn"],[id^="sdendnote"],li,p,div');
      if (holder && !holder.contains(figure)) this.noteNodes.set(holder, String(number));
    }
  }

  notesAtEnd() {
    return this.texts.length ? `\n\n${this.texts.join('\n')}` : '';
  }

  blocks(parent) {
    const made = [];
    let line = [];
    const flush = () => {
      const words = this.inline(line);
      if (words) made.push(words);
      line = [];
    };
    for (const node of parent.childNodes) {
      if (!isBlock(node)) { line.push(node); continue; }
      flush();
      made.push(...this.block(node));
    }
    flush();
    return joinWordLists(made);
  }

  block(node) {
    if (this.noteNodes.has(node)) {
      const label = this.noteNodes.get(node);
      this.noteNodes.delete(node);
      this.texts.push(`[^${label}]: ${tidy(this.blocks(node)).replace(/\n\n/g, '\n\n    ')}`);
      return [];
    }
    const name = node.tagName;
    if (/^H[1-6]$/.test(name)) {
      const words = this.inline([...node.childNodes], { bold: null }).replace(/\n/g, ' ');
      return words ? [`${'#'.repeat(Math.min(6, Number(name[1]) + this.shift))} ${words.replace(/^\\(?=#)/, '')}`] : [];
    }
    if (name === 'HR') return /mso-/.test(styleOf(node)) || node.getAttribute('size') === '1' && this.notes.size ? [] : ['* * *'];
    if (name === 'UL' || name === 'OL') return [this.list(node)];
    if (name === 'BLOCKQUOTE') return [tidy(this.blocks(node)).replace(/^/gm, '> ').replace(/^> $/gm, '>')];
    if (name === 'PRE') return [`\`\`\`\n${node.textContent.replace(/\n$/, '')}\n\`\`\``];
    if (name === 'TABLE') return this.table(node);
    const item = wordItem(node);
    if (item) return [{ item, words: this.inline([...node.childNodes]) }];
    return this.blocks(node);
  }

  list(node) {
    const lines = [];
    let number = Number(node.getAttribute('start')) || 1;
    for (const child of node.children) {
      if (/^[OU]L$/.test(child.tagName)) {
        // Google Docs puts inner lists beside their item, not into it.
        lines.push(indent(this.list(child), lastWidth(lines), true));
        continue;
      }
      if (child.tagName !== 'LI') continue;
      const sign = node.tagName === 'OL' ? `${number}. ` : '- ';
      const words = this.blocks(child).filter((block) => block.trim());
      if (!words.length) continue;
      number += 1;
      const isTight = words.slice(1).every((block) => /^(?:- |\d+\. )/.test(block));
      lines.push(sign + indent(words.join(isTight ? '\n' : '\n\n'), sign.length, false));
    }
    return lines.join('\n');
  }

  table(node) {
    const rows = [...node.querySelectorAll('tr')].filter((row) => row.closest('table') === node);
    const cells = rows.map((row) => [...row.cells].map((cell) =>
      tidy(this.blocks(cell)).replace(/\s*\n+\s*/g, ' ').replace(/(?<!\\)\|/g, '\\|')));
    const width = Math.max(0, ...cells.map((row) => row.length));
    // A table of one column, or of one cell, is there for its looks.
    if (width < 2 || cells.length < 2) return rows.flatMap((row) => [...row.cells].flatMap((cell) => this.blocks(cell)));
    const line = (row) => `| ${Array.from({ length: width }, (_, at) => row[at] || ' ').join(' | ')} |`;
    return [[line(cells[0]), `|${' --- |'.repeat(width)}`, ...cells.slice(1).map(line)].join('\n')];
  }

  /* Runs of words with one format each; equal neighbours are one run. */
  inline(nodes, given = {}) {
    const runs = [];
    const add = (words, format) => {
      const last = runs[runs.length - 1];
      if (last && ['bold', 'italic', 'strike', 'code', 'href', 'raw'].every((name) => (last.format[name] || '') === (format[name] || ''))) last.words += words;
      else runs.push({ words, format });
    };
    const walk = (node, format) => {
      if (node.nodeType === Node.TEXT_NODE) {
        add(plain(node.data), format);
      } else if (node.nodeType === Node.ELEMENT_NODE && !isSkipped(node)) {
        if (node.tagName === 'BR') { add('\n', { raw: true }); return; }
        if (this.notes.has(node)) { add(this.notes.get(node), { raw: true }); return; }
        let inner = formatOf(node, format);
        if (given.bold === null) inner.bold = false;
        if (node.tagName === 'A') inner = { ...inner, href: addressOf(node.getAttribute('href')) || format.href };
        for (const child of node.childNodes) walk(child, inner);
      }
    };
    for (const node of nodes) walk(node, {});
    return written(runs);
  }
}

const isSkipped = (node) => SKIPPED.has(node.tagName.toUpperCase()) || /mso-list:\s*ignore/i.test(styleOf(node))
  || /display:\s*none/i.test(styleOf(node));

function isBlock(node) {
  if (node.nodeType !== Node.ELEMENT_NODE || isSkipped(node)) return false;
  if (BLOCKS.has(node.tagName)) return true;
  // Google Docs puts whole paragraphs into one <b>.
  return Boolean(node.firstElementChild) && [...node.children].some(isBlock);
}

/* White space as a browser shows it; marks that have no width go, but for joiners of emoji. */
const plain = (data) => data.replace(/[\u00ad\u200b\ufeff\u2060]/g, '').replace(/[ \t\r\n\f\u00a0]+/g, ' ');

const indent = (block, width, isFirst) =>
  block.replace(isFirst ? /^(?=.)/gm : /\n(?=.)/g, (sign) => sign + ' '.repeat(width));
const lastWidth = (lines) => (lines.length && /^\d+\. /.test(lines[lines.length - 1]) ? 3 : 2);

/* Word's lists are paragraphs with a sign in front: {level, isNumbered}. */
function wordItem(node) {
  const found = /mso-list:\s*(l\d+)\s+level(\d)/i.exec(styleOf(node));
  if (!found) return null;
  const sign = [...node.querySelectorAll('[data-style]')].find((one) => /mso-list:\s*ignore/i.test(styleOf(one)));
  return { list: found[1], level: Number(found[2]), isNumbered: Boolean(sign && /^[\s\u00a0]*[\p{L}\p{N}]{1,5}[.)]/u.test(sign.textContent) && !/^[\s\u00a0]*o[\s\u00a0]*$/.test(sign.textContent)) };
}

function joinWordLists(made) {
  const joined = [];
  let lines = null;
  let current = '';
  const numbers = [];
  for (const one of made) {
    if (typeof one === 'string') { lines = null; joined.push(one); continue; }
    const { list, level, isNumbered } = one.item;
    if (!lines || list !== current) { lines = []; numbers.length = 0; joined.push(lines); }
    current = list;
    numbers.length = level;
    numbers[level - 1] = (numbers[level - 1] || 0) + 1;
    lines.push('   '.repeat(level - 1) + (isNumbered ? `${numbers[level - 1]}. ` : '- ') + one.words);
  }
  return joined.map((one) => (typeof one === 'string' ? one : one.join('\n')));
}

/* The runs of one paragraph as Markdown. */
function written(runs) {
  const kept = withoutOuterBlanks(runs);
  let words = '';
  for (let at = 0; at < kept.length; at += 1) {
    const href = kept[at].format.href;
    if (!href) { words += emphasised(kept[at], words, kept[at + 1]); continue; }
    const linked = [];
    while (at < kept.length && kept[at].format.href === href) linked.push(kept[at++]);
    at -= 1;
    words += linkOf(linked, href);
  }
  const lines = words.replace(/ *\n */g, '\n').replace(/ {2,}/g, ' ').trim().split('\n');
  return lines.map(lineSafe).join('\\\n').replace(/(?:\\\n){2,}/g, '\n\n').replace(/^(?:\\\n)+|(?:\\\n)+$/g, '');
}

/* Blanks at the edges of emphasis and links go outside: marks stand against words. */
function withoutOuterBlanks(runs) {
  return runs.flatMap(({ words, format }) => {
    const isPlain = !['bold', 'italic', 'strike', 'code', 'href'].some((name) => format[name]);
    if (isPlain || format.raw) return [{ words, format }];
    const inner = words.trim();
    const [before, after] = [words.slice(0, words.indexOf(inner)), words.slice(words.indexOf(inner) + inner.length)];
    const outside = format.href ? { href: format.href } : {};
    if (!inner) return [{ words, format: outside }];
    return [...(before ? [{ words: before, format: outside }] : []), { words: inner, format }, ...(after ? [{ words: after, format: outside }] : [])];
  });
}

function linkOf(runs, href) {
  let words = '';
  runs.forEach((run, at) => { words += emphasised(run, words, runs[at + 1]); });
  const inner = words.trim();
  if (!inner) return words;
  const [before, after] = [words.slice(0, words.indexOf(inner)), words.slice(words.indexOf(inner) + inner.length)];
  const bare = inner.replace(/\\(?=[!-/:-@[-`{-~])/g, '');
  const target = /[()\s<>]/.test(href) ? `<${href.replace(/[<>\s]/g, encodeURIComponent)}>` : href;
  if (bare === href && /^https?:/i.test(href) && !/[<>\s]/.test(href)) return `${before}<${href}>${after}`;
  return `${before}[${inner.replace(/\n/g, ' ').replace(/(?<!\\)[[\]]/g, '\\$&')}](${target})${after}`;
}

function emphasised({ words, format }, before, next) {
  if (format.raw) return words;
  if (format.code && words.trim()) {
    const ticks = '`'.repeat(Math.max(0, ...[...words.matchAll(/`+/g)].map((found) => found[0].length)) + 1);
    const pad = /^`|`$/.test(words) ? ' ' : '';
    return ticks + pad + words + pad + ticks;
  }
  let inner = escaped(words);
  const sign = (format.bold ? '**' : '') + (format.italic ? '*' : '');
  if (format.strike && inner.trim()) inner = `~~${inner}~~`;
  if (!sign || !inner.trim()) return inner;
  // A sign between punctuation and a letter neither opens nor closes: punctuation stays outside.
  let lead = '';
  let tail = '';
  if (WORD.test(before.slice(-1))) [lead] = /^(?:\\?[^\p{L}\p{N}\s])*/u.exec(inner);
  inner = inner.slice(lead.length);
  if (next && WORD.test(next.words.charAt(0)) && !next.format.raw) [tail] = /(?:\\?[^\p{L}\p{N}\s\\])*$/u.exec(inner);
  inner = inner.slice(0, inner.length - tail.length);
  return inner ? lead + sign + inner + [...sign].reverse().join('') + tail : lead + tail;
}
