/* A post, looked into: previews of what its marks lead to, and the addresses of its paragraphs.
   Without this file marks are links, sources stand at the end, and nothing is missing. */
(() => {
  const root = document.documentElement;
  const body = document.querySelector('.body');
  if (!body) return;

  /* Previews: native popovers, from what the page carries already. They open by pointer, by
     keyboard focus and by a tap, stay while they are pointed at, close with Escape, and never
     cover their mark. */
  function previews() {
    if (!HTMLElement.prototype.showPopover) return;
    const OPEN = 180, CLOSE = 240, GAP = 8, EDGE = 16;
    const MARKS = '.body a, .notes a';
    const named = url => { try { return decodeURI(url); } catch { return url; } };
    const boxes = new Map([...document.querySelectorAll('.peek[data-for]')].map(box => (
      [named(box.dataset.for), box]
    )));
    let shown = null, timer, wasTouch = false, number = 0;

    const ofSource = key => {
      if (!key || boxes.has(key)) return boxes.get(key);
      const entry = [...document.querySelectorAll('.biblio [data-source]')].find(item => item.dataset.source === key);
      if (!entry) return undefined;
      const box = document.createElement('div');
      box.className = 'peek';
      box.popover = 'manual';
      const label = document.createElement('p');
      label.className = 'lab';
      label.textContent = 'Source';
      const text = document.createElement('p');
      for (const child of entry.childNodes) if (!child.matches?.('.lab')) text.append(child.cloneNode(true));
      box.append(label, text);
      body.closest('article').append(box);
      boxes.set(key, box);
      return box;
    };
    const boxOf = mark => (mark.dataset.source
      ? ofSource(mark.dataset.source)
      : boxes.get(named(mark.pathname + mark.hash)) || boxes.get(named(mark.pathname)));
    const markOf = target => {
      const link = target instanceof Element && target.closest(MARKS);
      return link && !link.matches('.ref, .n, .pilcrow') && boxOf(link) ? link : null;
    };
    const isWithin = target => target instanceof Element && Boolean(target.closest('.peek'));

    // Under the mark, or above it where there is no room; all lines of the mark stay free.
    function place(mark, box) {
      const lines = [...mark.getClientRects()];
      const first = lines[0], last = lines[lines.length - 1];
      const { width, height } = box.getBoundingClientRect();
      const left = Math.max(EDGE, Math.min(first.left - EDGE, root.clientWidth - width - EDGE));
      const fits = last.bottom + GAP + height < innerHeight || first.top - GAP - height < 0;
      box.style.left = `${left + scrollX}px`;
      box.style.top = `${(fits ? last.bottom + GAP : first.top - GAP - height) + scrollY}px`;
    }

    function show(mark) {
      const box = boxOf(mark);
      if (!box || shown?.mark === mark) return;
      hide();
      box.showPopover();
      place(mark, box);
      shown = { mark, box };
    }

    function hide() {
      clearTimeout(timer);
      if (shown?.box.matches(':popover-open')) shown.box.hidePopover();
      shown = null;
    }

    const later = (act, wait) => { clearTimeout(timer); timer = setTimeout(act, wait); };
    document.addEventListener('pointerover', event => {
      if (event.pointerType === 'touch') return;
      const mark = markOf(event.target);
      if (mark) later(() => show(mark), OPEN);
      else if (isWithin(event.target)) clearTimeout(timer);
    });
    document.addEventListener('pointerout', event => {
      if (event.pointerType === 'touch') return;
      if (markOf(event.target) || isWithin(event.target)) later(hide, CLOSE);
    });
    document.addEventListener('pointerdown', event => {
      wasTouch = event.pointerType === 'touch';
      if (shown && !isWithin(event.target) && markOf(event.target) !== shown.mark) hide();
    });
    // The first tap shows, the second follows; the title in the preview is a link, too.
    document.addEventListener('click', event => {
      const mark = wasTouch && markOf(event.target);
      if (!mark || shown?.mark === mark) return;
      event.preventDefault();
      show(mark);
    });
    document.addEventListener('focusin', event => {
      const mark = markOf(event.target);
      if (mark?.matches(':focus-visible')) show(mark);
      else if (shown && !isWithin(event.target) && !mark) later(hide, CLOSE);
    });
    document.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || !shown) return;
      if (isWithin(document.activeElement)) shown.mark.focus();
      hide();
    });
    addEventListener('resize', () => shown && place(shown.mark, shown.box));

    // To a screen reader the preview is the description of its mark.
    for (const mark of document.querySelectorAll(MARKS)) {
      const box = markOf(mark) && boxOf(mark);
      if (!box) continue;
      if (!box.id) box.id = `peek-${number += 1}`;
      mark.setAttribute('aria-describedby', box.id);
    }
  }

  /* The address of each paragraph: under the pointer, and, by a button, for all of them at once,
     so that the way from mark to mark by keyboard is not twice as long for everybody. */
  function addresses() {
    const paragraphs = [...body.querySelectorAll(':scope > [id^="p-"]')];
    const end = document.querySelector('.addresses');
    if (!paragraphs.length || !end) return;
    const said = end.nextElementSibling;
    const signs = paragraphs.map(paragraph => {
      const sign = document.createElement('a');
      sign.className = 'pilcrow';
      sign.href = `#${paragraph.id}`;
      sign.tabIndex = -1;
      sign.textContent = '¶';
      sign.setAttribute('aria-label', `Copy the address of this paragraph: ${paragraph.textContent.trim().slice(0, 40)}`);
      paragraph.prepend(sign);
      return sign;
    });
    body.addEventListener('click', async event => {
      const sign = event.target.closest('.pilcrow');
      if (!sign) return;
      try {
        await navigator.clipboard.writeText(sign.href);
        said.textContent = 'Copied.';
      } catch {
        said.textContent = 'The address is in the address bar now.';
      }
    });
    end.hidden = false;
    end.addEventListener('click', () => {
      const isOn = root.classList.toggle('addressed');
      end.setAttribute('aria-pressed', String(isOn));
      for (const sign of signs) sign.tabIndex = isOn ? 0 : -1;
      said.textContent = isOn ? 'A ¶ stands before each paragraph: follow it to copy its address.' : '';
    });
  }

  previews();
  addresses();
})();
