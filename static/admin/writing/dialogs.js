/* Dialogs from templates of the page. */

export function open(id) {
  const dialog = document.getElementById(id).content.firstElementChild.cloneNode(true);
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => { if (event.target.closest('[data-close]')) dialog.close(); });
  dialog.showModal();
  return dialog;
}

/* A piece of a page from the server; null where it does not come, `out` where nobody is logged in. */
export async function piece(screen, url, data) {
  if (!data.has('csrfmiddlewaretoken')) data.append('csrfmiddlewaretoken', screen.form.elements.csrfmiddlewaretoken.value);
  try {
    const response = await fetch(url, { method: 'POST', body: data, credentials: 'same-origin' });
    if (response.redirected || response.status === 403) return { out: true };
    return { html: response.ok ? await response.text() : null };
  } catch {
    return { html: null };
  }
}
