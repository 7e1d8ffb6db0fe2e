/* Passim: additions only. Without this file every page reads in full: notes are endnotes,
   references are links, and the colour scheme follows the system. */
(() => {
  const root = document.documentElement;

  // Light or dark by hand. Choosing what the system has anyway forgets the choice.
  function theme() {
    const system = matchMedia('(prefers-color-scheme:dark)');
    const button = document.querySelector('.theme');
    button?.addEventListener('click', () => {
      const own = system.matches ? 'dark' : 'light';
      const next = (root.dataset.theme || own) === 'dark' ? 'light' : 'dark';
      if (next === own) delete root.dataset.theme; else root.dataset.theme = next;
      try {
        if (next === own) localStorage.removeItem('theme'); else localStorage.setItem('theme', next);
      } catch { /* The choice lasts for this page. */ }
    });
  }

  // What runs wider than its column can be reached and scrolled by keyboard.
  function scrollers() {
    for (const pre of document.querySelectorAll('pre')) {
      if (pre.scrollWidth <= pre.clientWidth) continue;
      pre.tabIndex = 0;
      pre.setAttribute('role', 'region');
      pre.setAttribute('aria-label', 'Code');
    }
  }

  // Notes stand in the margin where there is one; elsewhere a figure opens its note under its line.
  function notes() {
    const GAP = 14;
    const text = document.querySelector('.text');
    const list = text?.querySelector('.notes');
    if (!list) return;
    const wide = matchMedia('(min-width:60rem)');
    const body = text.querySelector('.body');
    const pairs = [...list.querySelectorAll(':scope > ol > li')].map(note => (
      { note, refs: [...text.querySelectorAll(`.ref[href="#${note.id}"]`)] }
    )).filter(pair => pair.refs.length);
    const asides = earlier(body, list);

    function place() {
      root.classList.toggle('notes-in', wide.matches);
      if (!wide.matches) return;
      close();
      const origin = text.getBoundingClientRect().top;
      const level = mark => mark.getClientRects()[0]?.top - origin || 0;
      const taken = [];
      let floor = 0;
      for (const { note, refs } of pairs) {
        const top = Math.max(level(refs[0]), floor);
        floor = top + note.offsetHeight + GAP;
        taken.push([note, top, floor]);
      }
      // An earlier post is named beside its line only where no note stands.
      for (const { aside, mark } of asides) {
        const top = level(mark), end = top + aside.offsetHeight + GAP;
        aside.hidden = false;
        const free = taken.every(([, from, to]) => end <= from || top >= to);
        aside.hidden = !free;
        if (free) taken.push([aside, top, end]);
      }
      for (const [item, top] of taken) item.style.setProperty('--top', `${top}px`);
      text.style.setProperty('--filled', `${Math.max(...taken.map(([, , end]) => end))}px`);
    }

    function close() {
      for (const open of text.querySelectorAll('.note-here')) {
        open.previousElementSibling?.setAttribute('aria-expanded', 'false');
        open.remove();
      }
    }

    function toggle(ref, note) {
      const wasOpen = ref.nextElementSibling?.matches('.note-here');
      close();
      if (wasOpen) return;
      const here = document.createElement('span');
      here.className = 'note-here';
      here.tabIndex = -1;
      here.setAttribute('role', 'note');
      here.setAttribute('aria-label', ref.getAttribute('aria-label') || 'Note');
      for (const child of note.querySelector('.in').childNodes) here.append(child.cloneNode(true));
      for (const named of here.querySelectorAll('[id]')) named.removeAttribute('id');
      ref.after(here);
      ref.setAttribute('aria-expanded', 'true');
      here.focus({ preventScroll: true });
      here.scrollIntoView({ block: 'nearest' });
    }

    text.addEventListener('click', event => {
      const ref = event.target.closest('.ref');
      const pair = !wide.matches && ref && pairs.find(each => each.refs.includes(ref));
      if (!pair) return;
      event.preventDefault();
      toggle(ref, pair.note);
    });
    text.addEventListener('keydown', event => {
      const open = event.key === 'Escape' && text.querySelector('.note-here');
      if (!open) return;
      const ref = open.previousElementSibling;
      close();
      ref.focus();
    });
    for (const { note, refs } of pairs) {
      for (const ref of refs) for (const [from, to] of [[ref, note], [note, ref]]) {
        for (const on of ['pointerenter', 'focusin']) from.addEventListener(on, () => to.classList.add('on'));
        for (const off of ['pointerleave', 'focusout']) from.addEventListener(off, () => to.classList.remove('on'));
      }
    }
    place();
    // At the first paint, when it is settled which faces the page has.
    requestAnimationFrame(place);
    wide.addEventListener('change', place);
    new ResizeObserver(place).observe(body);
    // Not `ready`: to ask for it lays out the whole page at once, on phones for nothing.
    document.fonts?.addEventListener('loadingdone', place);
    addEventListener('load', place);
  }

  // For an otherwise empty margin: the name and day of each earlier post, and of each later one
  // that means a paragraph of this; from the lists at the end.
  function earlier(body, list) {
    const entries = new Map([...document.querySelectorAll('#earlier-h + .refs li')].map(item => (
      [item.querySelector('a').pathname, item]
    )));
    const asides = [];
    for (const mark of body.querySelectorAll('a.x')) {
      const item = entries.get(mark.pathname);
      if (!item) continue;
      entries.delete(mark.pathname);
      asides.push({ aside: beside(item, list, 'x', ''), mark });
    }
    for (const name of document.querySelectorAll('#later-h + .refs [data-names]')) {
      const mark = document.getElementById(name.dataset.names);
      if (body.contains(mark)) asides.push({ aside: beside(name.closest('li'), list, '', 'Referred to later, '), mark });
    }
    return asides;
  }

  function beside(item, list, kind, words) {
    const aside = document.createElement('p');
    aside.className = 'beside';
    aside.setAttribute('aria-hidden', 'true');
    const title = document.createElement('span'), day = document.createElement('span');
    title.className = kind;
    title.textContent = item.querySelector('.t').textContent;
    title.lang = item.querySelector('.t').lang || root.lang;
    day.className = 'prov';
    day.textContent = words + item.querySelector('time').textContent;
    aside.append(title, day);
    list.append(aside);
    return aside;
  }

  /* A post, looked into: previews of what its marks lead to, and the addresses of its paragraphs.
     Without them marks are links, sources stand at the end, and nothing is missing. */
  const body = document.querySelector('article.post .body');

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

  function additions() {
    scrollers();
    notes();
    if (!body) return;
    previews();
    addresses();
  }

  theme();
  // Where notes have a margin they are in it at the first paint. Elsewhere nothing of this moves a
  // line, and a phone, for which it is work, paints first.
  if (matchMedia('(min-width:60rem)').matches) additions(); else setTimeout(additions);
})();
