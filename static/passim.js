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
    wide.addEventListener('change', place);
    new ResizeObserver(place).observe(body);
    document.fonts?.ready.then(place);
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

  theme();
  scrollers();
  notes();
})();
