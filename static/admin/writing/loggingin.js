/* Logging in again in place: the text never leaves the page. */
import { open } from './dialogs.js';

export function makeLogin(screen, place) {
  let dialog = null;
  let asked = null;

  /* From every form of the page: each sends it. */
  const renew = (token) => {
    for (const field of document.querySelectorAll('input[name=csrfmiddlewaretoken]')) field.value = token;
  };
  const json = async (response) => {
    const isJson = (response.headers.get('Content-Type') || '').startsWith('application/json');
    return response.ok && isJson ? response.json() : null;
  };
  const isMine = (who) => String(who.user) === place.dataset.user;

  /* 'in', 'out', 'other' (somebody else is logged in here) or 'away' (the server is). */
  const check = async () => {
    try {
      const response = await fetch(place.dataset.token, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
      if (response.status >= 500) return 'away';
      const who = await json(response);
      if (!who) return 'out';
      if (!isMine(who)) return 'other';
      renew(who.token);
      return 'in';
    } catch {
      return 'away';
    }
  };

  /* The token that the log-in form itself needs: its page has it, or who is logged in instead. */
  const tokenToLogIn = async () => {
    const who = await json(await fetch(place.dataset.token, { credentials: 'same-origin' }));
    if (who) return who.token;
    const page = await (await fetch(place.dataset.login, { credentials: 'same-origin' })).text();
    return new DOMParser().parseFromString(page, 'text/html').querySelector('input[name=csrfmiddlewaretoken]').value;
  };
  const logIn = async (form) => {
    const data = new FormData(form);
    data.append('csrfmiddlewaretoken', await tokenToLogIn());
    data.append('next', place.dataset.token);
    const response = await fetch(place.dataset.login, { method: 'POST', body: data, credentials: 'same-origin' });
    const isPage = (response.headers.get('Content-Type') || '').startsWith('text/html');
    if (!isPage) return json(response);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const words = page.querySelector('.errornote, .errorlist');
    throw new Error(words ? words.textContent.trim().replace(/\s+/g, ' ') : 'That did not work. Try again.');
  };

  const submitted = async (event) => {
    event.preventDefault();
    const form = event.target;
    const alert = form.querySelector('[role=alert]');
    alert.textContent = '';
    try {
      const who = await logIn(form);
      if (!who || !isMine(who)) throw new Error('That did not work. Try again.');
      renew(who.token);
      finish(true);
    } catch (error) {
      alert.textContent = error instanceof TypeError ? 'The server does not answer.' : error.message;
      form.elements.password.value = '';
      form.elements.password.focus();
    }
  };
  const finish = (isIn) => {
    const { done } = asked;
    asked = null;
    if (dialog.open) dialog.close();
    if (isIn) screen.emit('in');
    done(isIn);
  };

  /* Resolves to whether the user is logged in again. */
  const ask = (why) => {
    if (asked) return asked.promise;
    let done;
    const promise = new Promise((resolve) => { done = resolve; });
    asked = { promise, done };
    dialog = open('login-again');
    if (why) dialog.querySelector('.why').textContent = why;
    dialog.querySelector('form').addEventListener('submit', submitted);
    dialog.addEventListener('close', () => { if (asked) finish(false); });
    dialog.querySelector('[name=password]').focus();
    return promise;
  };

  /* Somebody may log in again in another tab: then this one goes on by itself. */
  window.addEventListener('focus', async () => {
    if (asked && await check() === 'in' && asked) finish(true);
  });
  return { check, ask };
}
