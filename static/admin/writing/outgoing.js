/* Going out and being taken back, from this screen: when it goes out in words, and what is left to
   settle before it does. Without this script the buttons do the same, on pages of their own. */
import { open, piece } from './dialogs.js';

const PAUSE = 250;
const MINUTE = 60000;

export function start(screen) {
  const { form, text } = screen;
  const place = document.getElementById('keeping');

  const moment = form.elements.goes_out_at;
  const line = document.getElementById('when');
  let asked = 0;
  const tell = async () => {
    const mine = asked += 1;
    const at = moment.value;
    if (!at) { screen.say(line, ''); return; }
    try {
      const response = await fetch(`${place.dataset.when}?at=${encodeURIComponent(at)}`, { credentials: 'same-origin' });
      if (mine !== asked || !response.ok || response.redirected) return;
      const { words, wrong } = await response.json();
      const said = wrong ? words : `It would go out ${words}.`;
      if (mine === asked && line.textContent !== said) screen.say(line, said, wrong);
    } catch { /* The server is away: what it says here is worth less than what it said. */ }
  };
  if (moment && moment.type !== 'hidden') {
    let timer = 0;
    moment.addEventListener('input', () => {
      asked += 1;
      clearTimeout(timer);
      timer = setTimeout(tell, PAUSE);
    });
    screen.on('replaced', tell);
    setInterval(() => { if (!document.hidden && moment.value) tell(); }, MINUTE);
    tell();
  }

  const goTo = (number) => {
    const lines = text.value.split('\n');
    const from = lines.slice(0, number - 1).reduce((sum, one) => sum + one.length + 1, 0);
    text.focus();
    text.setSelectionRange(from, from + (lines[number - 1] || '').length);
  };
  const list = async (button) => {
    const data = new FormData(form);
    data.append(button.name, button.value);
    data.append('shown_at', place.dataset.now);
    const { html, out } = await piece(screen, place.dataset.outgoing, data);
    if (out) {
      const who = await screen.login.check();
      if (who === 'in' || (who !== 'away' && await screen.login.ask())) list(button);
      return;
    }
    if (!html) { screen.say(line, 'The server does not answer. Nothing went out, and nothing is lost.', true); return; }
    const dialog = open('list-first');
    dialog.innerHTML = html;
    dialog.addEventListener('click', (event) => {
      const { line: number, field } = event.target.dataset;
      const go = event.target.closest('[data-go]');
      if (!go && !number && !field) return;
      dialog.close();
      if (go) form.requestSubmit(button);
      if (number) goTo(Number(number));
      if (field) {
        const folded = form.elements[field].closest('details');
        if (folded) folded.open = true;
        form.elements[field].focus();
      }
    });
    (dialog.querySelector('[data-go]') || dialog.querySelector('button')).focus();
  };
  for (const button of form.querySelectorAll('input[name=_publish], input[name=_schedule]')) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      list(button);
    });
  }

  if (document.getElementById('withdraw-here')) {
    form.querySelector('.bar a[href$="/withdraw/"]').addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open('withdraw-here').querySelector('textarea').focus();
    });
  }
}
