/* Nothing typed is lost: a copy in this browser at once, one on the server soon after, and both
   offered again after whatever came between. Saving asks first whether the server is there and
   still knows who writes, so that the text never leaves the page for nothing. */
import { differs } from './fields.js';
import { makeLogin } from './loggingin.js';
import { copiesOf, copyOf, dropSaved, leftOver, offer, putBack } from './recovering.js';

const SOON = 1000; // after the first change; from then on at most every …
const EVERY = 5000;
const SLOWEST = 60000; // … and this often while the server is away
const HERE = 300;

export function start(screen) {
  const { form, text } = screen;
  const place = document.getElementById('keeping');
  const line = document.getElementById('kept');
  const said = document.getElementById('kept-said');
  const again = document.getElementById('log-in-again');
  const { base, sitting } = form.elements;
  // It is long: sent when it is needed, not with every preview.
  base.disabled = true;

  const skew = Date.parse(place.dataset.now) - Date.now();
  const now = () => Date.now() + skew;
  const copies = copiesOf(place.dataset.user);
  if (!screen.hasErrors) dropSaved(screen, place, copies);
  const login = makeLogin(screen, place);
  screen.login = login;

  let isReady = false;
  let isDirty = screen.hasErrors;
  let isSending = false;
  let isAsking = false;
  let typedAt = now();
  let hereTimer = 0;
  let timer = 0;
  let running = null;
  let fails = 0;
  let state = '';
  let words = '';
  let kept = null; // what the server has: {sitting, print, at}
  let isKeptHere = true;

  /* What the line says. It counts seconds; only a change of state is spoken. */
  const ago = (at) => {
    const seconds = Math.max(0, Math.round((now() - at) / 1000));
    if (seconds < 60) return `${seconds} s ago`;
    return seconds < 3600 ? `${Math.floor(seconds / 60)} min ago` : `${Math.floor(seconds / 3600)} h ago`;
  };
  const here = () => (isKeptHere ? 'What you type is kept in this browser.' : 'This browser keeps nothing: copy your text.');
  const LINES = {
    '': () => '',
    waiting: () => 'Changes not saved yet.',
    kept: () => `Changes not in the post yet; a copy was saved ${ago(kept.at)}.`,
    away: () => `The server does not answer. ${here()} Trying again.`,
    out: () => `You are logged out. ${here()}`,
    refused: () => `${words} ${here()}`,
  };
  const SPOKEN = {
    kept: 'A copy of your changes is saved.',
    away: 'The server does not answer. What you type is kept in this browser.',
    out: 'You are logged out. What you type is kept in this browser.',
  };
  const show = () => {
    const shown = LINES[state]();
    if (line.textContent !== shown) line.textContent = shown;
  };
  const become = (next) => {
    if (next !== state) said.textContent = next === 'refused' ? words : SPOKEN[next] || '';
    state = next;
    line.classList.toggle('bad', ['away', 'out', 'refused'].includes(state));
    again.hidden = state !== 'out';
    show();
  };
  setInterval(show, 1000);

  /* This browser's copy. */
  const keepHere = () => {
    clearTimeout(hereTimer);
    hereTimer = 0;
    if (isDirty) isKeptHere = Boolean(copies.set(sitting.value, copyOf(screen, place, typedAt)));
  };
  const forget = (which) => {
    copies.drop(which);
    return screen.post(place.dataset.discard, { sitting: which });
  };

  /* The server's copy. */
  const soon = (wait) => { if (!timer) timer = setTimeout(keepThere, wait); };
  const sent = (copy) => {
    const data = new FormData();
    for (const [name, list] of Object.entries(copy.values)) for (const value of list) data.append(name, value);
    data.append('labels', JSON.stringify(copy.labels));
    data.append('sitting', sitting.value);
    data.append('opened', copy.opened);
    data.append('typed_at', new Date(typedAt).toISOString());
    if (!kept || kept.sitting !== sitting.value) data.append('base', copy.base);
    return data;
  };
  const keepThere = async () => {
    timer = 0;
    if (running || !isDirty || isSending || isAsking) return;
    const copy = copyOf(screen, place, typedAt);
    const print = JSON.stringify([sitting.value, copy.opened, copy.values]);
    if (kept && kept.print === print) { become('kept'); return; }
    const mine = sitting.value;
    running = screen.post(place.dataset.keep, sent(copy));
    const answer = await running;
    running = null;
    if (answer.ok) {
      kept = { sitting: mine, print, at: Date.parse(answer.data.saved_at) };
      fails = 0;
      if (isDirty) become('kept');
      if (answer.data.elsewhere) screen.emit('elsewhere', answer.data.elsewhere);
    } else await failed(answer);
    if (isDirty && ['kept', 'waiting', 'away'].includes(state)) soon(fails ? Math.min(EVERY * 2 ** (fails - 1), SLOWEST) : EVERY);
  };
  const failed = async (answer) => {
    if (answer.status === 429) return;
    if (answer.out || answer.status === 403) {
      const who = await login.check();
      if (who === 'in' && !answer.data.error) { soon(0); return; }
      if (who === 'in') { words = answer.data.error; become('refused'); return; }
      if (who !== 'away') { become('out'); return; }
    } else if (answer.status && answer.status < 500) {
      words = answer.data.error || `The server keeps no copy (${answer.status}).`;
      become('refused');
      return;
    }
    fails += 1;
    become('away');
  };
  const goOn = () => {
    fails = 0;
    clearTimeout(timer);
    timer = 0;
    if (isDirty) { become(state === 'refused' ? state : 'waiting'); soon(0); } else become('');
  };
  screen.on('in', goOn);
  screen.on('out', () => become('out'));
  window.addEventListener('online', goOn);
  window.addEventListener('focus', async () => { if (state === 'out' && await login.check() === 'in') screen.emit('in'); });
  again.addEventListener('click', () => login.ask());

  /* What changes. The menus also announce "changes" while they are set up: those touch nothing. */
  const changed = () => {
    isDirty = screen.hasErrors || differs(form);
    if (!isReady) return;
    typedAt = now();
    if (isDirty) {
      if (!hereTimer) hereTimer = setTimeout(keepHere, HERE);
      if (!['away', 'out', 'refused'].includes(state)) { if (state !== 'kept') become('waiting'); soon(SOON); }
    } else {
      clearTimeout(hereTimer);
      hereTimer = 0;
      copies.drop(sitting.value);
      if (kept && kept.sitting === sitting.value) { forget(sitting.value); kept = null; }
      become('');
    }
    screen.emit('typed');
  };
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  // The menus of the desk announce a choice through jQuery alone.
  if (window.django && window.django.jQuery) window.django.jQuery(form).on('change', 'select', changed);

  /* Saving: first a question, then the form as it always was. */
  let isChecked = false;
  form.addEventListener('submit', async (event) => {
    if (event.defaultPrevented) return;
    if (isChecked) {
      isChecked = false;
      isSending = true;
      base.disabled = false;
      copies.set(sitting.value, { ...copyOf(screen, place, typedAt), sent: true });
      return;
    }
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    keepHere();
    const { submitter } = event;
    if (running) await running;
    const who = await login.check();
    const isIn = who === 'in' || (who !== 'away' && await login.ask(
      who === 'other' ? `Somebody else has logged in here. Log in as ${place.dataset.name} to save; what you typed stays here.`
        : 'You were logged out. What you typed stays here: log in, and it is saved.'));
    isAsking = false;
    if (who !== 'away' && isIn) {
      isSending = true;
      isChecked = true;
      form.requestSubmit(submitter);
      return;
    }
    if (who === 'away') { fails += 1; become('away'); soon(EVERY); return; }
    become('out');
  });
  window.addEventListener('pageshow', () => { isSending = false; base.disabled = true; });
  window.addEventListener('pagehide', () => { if (hereTimer) keepHere(); });
  document.addEventListener('visibilitychange', () => { if (document.hidden && hereTimer) keepHere(); });
  window.addEventListener('beforeunload', (event) => { if (isDirty && !isSending) event.preventDefault(); });

  /* What there is from before. */
  const take = async (one) => {
    keepHere();
    try {
      await putBack(screen, place, one);
    } catch {
      offer(screen, place, [one], { take, throwAway });
      words = 'It was not given back. Try again.';
      become('refused');
      return;
    }
    isDirty = true;
    typedAt = now();
    keepHere();
    become('waiting');
    soon(SOON);
    text.focus();
  };
  const throwAway = (one) => forget(one.sitting);
  const lookBack = () => {
    const known = JSON.parse(document.getElementById('unsaved-texts').textContent);
    const list = screen.hasErrors ? [] : leftOver(screen, place, copies, known);
    isDirty = screen.hasErrors || differs(form);
    const asked = new URLSearchParams(location.search).get('unsaved');
    const wanted = list.find((one) => one.sitting === asked);
    if (wanted) {
      history.replaceState(null, '', location.pathname);
      take(wanted);
    }
    const rest = list.filter((one) => one !== wanted);
    if (rest.length) offer(screen, place, rest, { take, throwAway });
    if (isDirty && !wanted) {
      keepHere();
      become('waiting');
      soon(SOON);
      screen.emit('replaced');
    }
  };

  const counter = document.getElementById('words');
  const count = () => {
    const number = (text.value.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) || []).length;
    counter.textContent = number === 1 ? '1 word' : `${number} words`;
  };
  form.addEventListener('input', count);
  count();
  window.addEventListener('load', () => {
    lookBack();
    isReady = true;
  });
}
