/* Pasting: an address becomes the link, the cross-reference or the citation that it means; rich
   text becomes Markdown. What was pasted is in the text at once; the answer of the server then
   takes its place, so that nothing waits and one undo takes all of it back. */
import { cited, isAddress, isInCode, isPlainPlace, labelsOf, linked, moved, placed, referred } from './textops.js';
import { toMarkdown } from './richtext.js';

export function start(screen) {
  const { text, say } = screen;
  const state = document.getElementById('paste-state');
  const now = () => ({ text: text.value, start: text.selectionStart, end: text.selectionEnd });

  /* Put `first` in, and what `better` makes of the answer when it comes. */
  const pasteAddress = async (url, was) => {
    const hasWords = Boolean(was.text.slice(was.start, was.end).trim());
    const first = hasWords ? linked(was, url) : { from: was.start, to: was.end, insert: url };
    screen.edit(first);
    const fresh = now();
    let seen = fresh.text;
    let from = first.from;
    const follow = () => {
      from = moved(from, seen, text.value);
      seen = text.value;
    };
    text.addEventListener('input', follow);
    say(state, 'Looking up the address …');
    const answer = await screen.post(screen.url('pasted'), { url, words: hasWords ? '1' : '' });
    text.removeEventListener('input', follow);
    follow();
    say(state, '');
    if (!answer.ok) {
      say(state, answer.out ? screen.OUT : 'The address stands as it is: the server does not answer.', true);
      return;
    }
    upgrade(answer.data, { was, first, fresh, from, hasWords });
  };

  const better = (found, at, hasWords) => {
    if (found.kind === 'post') return referred(at, found.mark);
    if (found.kind === 'source' && !hasWords) return cited(at, found.key);
    return null;
  };
  const upgrade = (found, { was, first, fresh, from, hasWords }) => {
    const done = better(found, was, hasWords);
    if (!done) return;
    const current = now();
    const isUntouched = current.text === fresh.text && current.start === fresh.start && current.end === fresh.end;
    if (isUntouched && document.activeElement === text && goBack(was, fresh)) screen.edit(done);
    else if (!replaceIn(done.insert, first.insert, from)) return;
    if (found.made) say(state, `A new source: ${found.key}. What is known of it can be filled in.`);
  };
  /* Back to before the paste, so that one undo will be enough. */
  const goBack = (was, fresh) => {
    document.execCommand('undo');
    if (text.value === was.text) return true;
    if (text.value !== fresh.text) document.execCommand('redo');
    return false;
  };
  /* The author has gone on writing: only what was pasted changes, and the caret stays. */
  const replaceIn = (insert, pasted, from) => {
    const { text: whole, start, end } = now();
    const to = from + pasted.length;
    if (whole.slice(from, to) !== pasted) return false;
    const place = (at) => (at >= to ? at + insert.length - pasted.length : Math.min(at, from + insert.length));
    const focused = document.activeElement;
    screen.edit({ from, to, insert, select: [place(start), place(end)] });
    if (focused && focused !== text && focused !== document.body) focused.focus();
    return true;
  };

  const pasteRich = (html) => {
    const was = now();
    let found = null;
    try { found = toMarkdown(html, labelsOf(was.text)); } catch (error) { console.error(error); }
    if (!found || !found.markdown) return false;
    screen.edit(placed(was, found.markdown));
    const pictures = found.left === 1 ? '1 picture was' : `${found.left} pictures were`;
    say(state, found.left ? `${pictures} left out: add them by the button.` : '');
    return true;
  };

  /* Ctrl+Shift+V pastes what it finds and nothing else. */
  let isPlain = false;
  text.addEventListener('keydown', (event) => {
    isPlain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.code === 'KeyV';
  });
  text.addEventListener('paste', (event) => {
    const data = event.clipboardData;
    if (!data || isPlain) { isPlain = false; return; }
    const plain = data.getData('text/plain');
    const html = data.getData('text/html');
    const was = now();
    const isWords = plain.trim() !== '';
    let isDone = false;
    const words = was.text.slice(was.start, was.end);
    // Over an address, a mark, or more than one paragraph it is pasted as words are.
    const isOther = isAddress(words) || /\n\s*\n|\[\[|\]\]|\]\(|\[[^\]]*@/.test(words);
    if (isAddress(plain) && !isOther && !isPlainPlace(was.text, was.start)) {
      pasteAddress(plain.trim(), was);
      isDone = true;
    } else if (isWords && html && !isAddress(plain) && !isInCode(was.text, was.start)) {
      isDone = pasteRich(html);
    }
    if (isDone) event.preventDefault();
    // Word sends a picture of the words beside the words.
    if (isDone || (isWords && data.files.length)) event.stopImmediatePropagation();
  }, true);
}
