/* The post screen: live preview, pictures, and a copy of what is typed until it is saved.
   Speaks to our endpoints in the manner of django-markdownx's widget, whose own script stays out:
   no key is taken, nothing that a server answers is put into the page or the text. */
(() => {
  'use strict';
  const text = document.querySelector('textarea.markdownx-editor');
  const form = text && text.form;
  if (!form) return;
  const previewUrl = text.dataset.markdownxUrlsPath;
  const uploadUrl = text.dataset.markdownxUploadUrlsPath;
  const pane = document.querySelector('.pane.see .frame');
  const previewState = document.getElementById('preview-state');
  const uploadState = document.getElementById('upload-state');
  const OUT = 'You are logged out. Log in again in another tab; what you typed stays here.';

  const say = (place, words, isAlert) => {
    place.textContent = words;
    place.classList.toggle('bad', Boolean(isAlert));
  };

  /* --- Preview ------------------------------------------------------------------------- */
  const PAUSE = 450;
  let timer = 0;
  let running = null;
  let shownOnce = Boolean(pane.querySelector('iframe[src]'));

  const why = (response) => {
    if (response.redirected || response.status === 403) return OUT;
    if (response.status === 413) return 'This text is too long to be shown as you type. It can be saved.';
    return `The preview failed (${response.status}).`;
  };
  const kept = () => (shownOnce ? ' Below is the last one that worked.' : '');

  /* A new frame each time: it takes the place of the old one when it is ready, so that nothing
     flickers, the place in the text is kept, and the Back button has nothing to go through. */
  const show = (html) => {
    const old = pane.querySelector('iframe:not(.next)');
    for (const late of pane.querySelectorAll('iframe.next')) late.remove();
    const frame = document.createElement('iframe');
    frame.title = old.title;
    frame.className = 'next';
    pane.append(frame);
    const page = frame.contentDocument;
    page.open();
    page.write(html);
    page.close();
    frame.addEventListener('load', () => {
      if (!frame.isConnected) return;
      const top = old.contentWindow ? old.contentWindow.scrollY : 0;
      keepLinksOut(frame);
      frame.contentWindow.scrollTo(0, top);
      old.remove();
      frame.className = '';
      shownOnce = true;
    }, { once: true });
  };

  const keepLinksOut = (frame) => {
    const page = frame.contentDocument;
    if (!page) return;
    page.addEventListener('click', (event) => {
      const link = event.target.closest && event.target.closest('a[href]');
      if (!link || link.getAttribute('href').startsWith('#')) return;
      event.preventDefault();
      window.open(link.href, '_blank', 'noopener');
    });
    page.addEventListener('submit', (event) => event.preventDefault());
  };

  const preview = async () => {
    if (running) running.abort();
    const mine = running = new AbortController();
    say(previewState, 'Rendering …');
    try {
      const response = await fetch(previewUrl, {
        method: 'POST', body: new FormData(form), signal: mine.signal, credentials: 'same-origin',
      });
      const isPreview = response.ok && response.headers.has('Passim-Preview');
      const html = isPreview ? await response.text() : '';
      if (mine !== running) return;
      if (!isPreview) { say(previewState, why(response) + kept(), true); return; }
      show(html);
      say(previewState, '');
      text.dispatchEvent(new CustomEvent('markdownx.update', { bubbles: true }));
    } catch (error) {
      if (mine !== running || error.name === 'AbortError') return;
      say(previewState, 'The server does not answer.' + kept(), true);
    }
  };
  const previewSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(preview, PAUSE);
  };

  /* --- A copy of what is typed, in this tab, until it is saved --------------------------- */
  const KEY = 'passim-typed:' + location.pathname;
  const SENT = 'passim-sent';
  const store = (act) => { try { return act(sessionStorage); } catch { return null; } };
  const values = () => [...new FormData(form)].filter(
    ([name, value]) => typeof value === 'string' && name !== 'csrfmiddlewaretoken'
      && !/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(name));
  const opened = form.elements.opened ? form.elements.opened.value : '';
  const hasErrors = Boolean(form.querySelector('.errornote'));
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
    preview();
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
    if (isDirty) preview();
  };

  /* --- Pictures: by the button, dropped on the text, pasted -------------------------------- */
  const insert = (code) => {
    text.focus();
    // The one way of writing into a text field that can be undone.
    if (!document.execCommand('insertText', false, code)) {
      text.setRangeText(code, text.selectionStart, text.selectionEnd, 'end');
      text.dispatchEvent(new Event('input', { bubbles: true }));
    }
    const alt = text.selectionStart - code.length + 2;
    text.setSelectionRange(alt, alt);
  };

  const send = async (file) => {
    say(uploadState, `Sending ${file.name} …`);
    const data = new FormData();
    data.append('image', file);
    data.append('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(uploadUrl, {
        method: 'POST', body: data, credentials: 'same-origin', headers: { Accept: 'application/json' },
      });
      const isJson = (response.headers.get('Content-Type') || '').startsWith('application/json');
      const answer = isJson ? await response.json() : {};
      if (!response.ok || !answer.image_code) {
        say(uploadState, answer.error || (response.redirected ? OUT
          : `The picture was not taken (${response.status}).`), true);
        return;
      }
      insert(answer.image_code);
      say(uploadState, 'Added. Say between the brackets what the picture shows.');
    } catch {
      say(uploadState, 'The server does not answer. Nothing was added.', true);
    }
  };
  const sendAll = async (files) => { for (const file of files) await send(file); };

  const chooser = document.getElementById('picture-file');
  chooser.closest('label').hidden = false;
  chooser.addEventListener('change', async () => {
    await sendAll([...chooser.files]);
    chooser.value = '';
  });
  const carriesFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes('Files');
  text.addEventListener('dragover', (event) => { if (carriesFiles(event)) event.preventDefault(); });
  text.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    sendAll([...event.dataTransfer.files]);
  });
  text.addEventListener('paste', (event) => {
    const files = event.clipboardData ? [...event.clipboardData.files] : [];
    if (!files.length) return;
    event.preventDefault();
    sendAll(files);
  });

  /* --- The form ---------------------------------------------------------------------------- */
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
    previewSoon();
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
  const first = pane.querySelector('iframe');
  first.addEventListener('load', () => keepLinksOut(first));
  // The menus fill themselves in after this script: only then is the form as it was opened.
  window.addEventListener('load', () => {
    lookForCopy();
    isReady = true;
    if (hasErrors || (!shownOnce && text.value)) preview();
  });
})();
