/* The preview: the page as readers will see it, of what is typed. Late answers never overwrite
   newer ones; a preview that fails says so and leaves the last good one. */

export function start(screen) {
  const { form, text, say, OUT } = screen;
  const previewUrl = text.dataset.markdownxUrlsPath;
  const pane = screen.place.querySelector('.pane.see .frame');
  const previewState = document.getElementById('preview-state');

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

  const tamed = new WeakSet();
  const keepLinksOut = (frame) => {
    const page = frame.contentDocument;
    if (!page || tamed.has(page)) return;
    tamed.add(page);
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

  screen.on('typed', previewSoon);
  screen.on('replaced', preview);
  const first = pane.querySelector('iframe');
  first.addEventListener('load', () => keepLinksOut(first));
  // It may have come before this script did.
  if (first.contentDocument && first.contentDocument.readyState === 'complete') keepLinksOut(first);
  // The menus fill themselves in after this script: only then is the form as it was opened.
  window.addEventListener('load', () => { if (screen.hasErrors || (!shownOnce && text.value)) preview(); });
}
