/* What every part of the post screen shares: the form, its text, the server, and who listens. */

const OUT = 'You are logged out. Log in again in another tab; what you typed stays here.';

export function makeScreen(place) {
  const text = place.querySelector('textarea.markdownx-editor');
  const form = text.form;
  const bus = new EventTarget();
  return {
    place,
    text,
    form,
    OUT,
    hasErrors: Boolean(form.querySelector('.errornote')),
    url: (name) => place.dataset[name] || '',
    on: (name, act) => bus.addEventListener(name, (event) => act(event.detail)),
    emit: (name, detail) => bus.dispatchEvent(new CustomEvent(name, { detail })),
    say(where, words, isAlert) {
      where.textContent = words;
      where.classList.toggle('bad', Boolean(isAlert));
    },
    /* One change of the text, which one undo takes back. Places are counted in UTF-16 units. */
    edit({ from, to, insert, select }) {
      text.focus();
      text.setSelectionRange(from, to);
      const isDone = insert === ''
        ? from === to || document.execCommand('delete')
        : document.execCommand('insertText', false, insert);
      // A browser without that command: the change stands, its undo is lost.
      if (!isDone) {
        text.setRangeText(insert, from, to, 'end');
        text.dispatchEvent(new Event('input', { bubbles: true }));
      }
      const [start, end] = select || [from + insert.length, from + insert.length];
      text.setSelectionRange(start, end);
    },
    /* Ask the server. Never throws but for an abort: `status` 0 is a server that does not answer,
       `out` a log-in that has run out. `data` is the JSON of the answer, or {}. */
    async post(url, data, { signal } = {}) {
      const body = data instanceof FormData ? data : new FormData();
      if (body !== data) for (const [name, value] of Object.entries(data || {})) body.append(name, value);
      if (!body.has('csrfmiddlewaretoken')) body.append('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
      try {
        const response = await fetch(url, {
          method: 'POST', body, signal, credentials: 'same-origin', headers: { Accept: 'application/json' },
        });
        const isJson = (response.headers.get('Content-Type') || '').startsWith('application/json');
        return {
          ok: response.ok && isJson && !response.redirected,
          status: response.status,
          data: isJson ? await response.json() : {},
          out: response.redirected || response.status === 401,
        };
      } catch (error) {
        if (error.name === 'AbortError') throw error;
        return { ok: false, status: 0, data: {}, out: false };
      }
    },
  };
}
