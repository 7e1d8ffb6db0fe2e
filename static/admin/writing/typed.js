/* A copy of what is typed, in this tab, until it is saved; and how many words there are. */

export function start(screen) {
  const { form, text } = screen;
  const KEY = 'passim-typed:' + location.pathname;
  const SENT = 'passim-sent';
  const store = (act) => { try { return act(sessionStorage); } catch { return null; } };
  const values = () => [...new FormData(form)].filter(
    ([name, value]) => typeof value === 'string' && name !== 'csrfmiddlewaretoken'
      && !/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(name));
  const opened = form.elements.opened ? form.elements.opened.value : '';
  const { hasErrors } = screen;
  /* Against what the server sent: a browser may bring typed values back by itself. */
  const isTyped = (field) => {
    if (field.options) {
      const chosen = [...field.options].filter((option) => option.defaultSelected);
      if (field.multiple) return [...field.options].some((one) => one.selected !== one.defaultSelected);
      return field.selectedIndex !== (chosen.length ? chosen[0].index : Math.min(0, field.options.length - 1));
    }
    if (field.tagName === 'TEXTAREA') return field.value !== field.defaultValue;
    return field.tagName === 'INPUT' && !['hidden', 'submit', 'button', 'file', 'checkbox'].includes(field.type)
      && field.value !== field.defaultValue;
  };
  const differs = () => [...form.elements].some(isTyped);
  let isDirty = hasErrors;
  let isSending = false;
  let isReady = false;

  const keep = () => store((box) => box.setItem(KEY, JSON.stringify({ opened, at: Date.now(), values: values() })));
  const forget = () => store((box) => box.removeItem(KEY));

  const restore = (typed) => {
    for (const [name, value] of typed) {
      const field = form.elements[name];
      if (!field || name === 'opened') continue;
      if (field.options) {
        for (const option of field.options) if (option.value === value) option.selected = true;
        field.dispatchEvent(new Event('change', { bubbles: true }));
      } else if ('value' in field && field.type !== 'submit') field.value = value;
    }
    isDirty = true;
    screen.emit('replaced');
  };

  const offer = (copy) => {
    const box = document.createElement('div');
    box.className = 'offer';
    box.setAttribute('role', 'status');
    const time = new Date(copy.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });
    const words = document.createElement('p');
    words.textContent = `What you typed here until ${time} was not saved. It is still in this tab.`;
    const button = (label, act) => {
      const made = document.createElement('button');
      made.type = 'button';
      made.className = 's';
      made.textContent = label;
      made.addEventListener('click', () => { box.remove(); act(); });
      return made;
    };
    box.append(words, button('Put it back into the form', () => restore(copy.values)),
      button('Throw it away', forget));
    form.prepend(box);
  };

  const lookForCopy = () => {
    const sent = store((box) => box.getItem(SENT));
    store((box) => box.removeItem(SENT));
    if (hasErrors) return;
    // What was sent from here and has since been saved: the row is another than was opened.
    if (sent && sent !== KEY) store((box) => box.removeItem(sent));
    const copy = store((box) => JSON.parse(box.getItem(KEY)));
    const isSaved = copy && sent === KEY && copy.opened !== opened;
    const isHere = copy && JSON.stringify(copy.values) === JSON.stringify(values());
    isDirty = differs();
    if (isSaved || (isHere && !isDirty)) forget();
    else if (copy && !isHere) offer(copy);
    if (isDirty) screen.emit('replaced');
  };

  const counter = document.getElementById('words');
  const count = () => {
    const number = (text.value.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) || []).length;
    counter.textContent = number === 1 ? '1 word' : `${number} words`;
  };
  /* The menus also announce "changes" while they are being set up: those touch nothing. */
  const changed = () => {
    isDirty = hasErrors || differs();
    if (!isReady) return;
    if (isDirty) keep();
    screen.emit('typed');
  };
  form.addEventListener('input', () => { count(); changed(); });
  form.addEventListener('change', changed);
  // The menus of the desk announce a choice through jQuery alone.
  if (window.django && window.django.jQuery) window.django.jQuery(form).on('change', 'select', changed);
  form.addEventListener('submit', () => {
    isSending = true;
    keep();
    store((box) => box.setItem(SENT, KEY));
  });
  window.addEventListener('pageshow', () => { isSending = false; });
  window.addEventListener('beforeunload', (event) => {
    if (isDirty && !isSending) event.preventDefault();
  });

  count();
  window.addEventListener('load', () => {
    lookForCopy();
    isReady = true;
  });
}
