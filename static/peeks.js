/* Previews of what marks lead to: native popovers that the page carries already. They open by
   pointer, by keyboard focus and by a tap; stay while they are pointed at; close with Escape; and
   never cover their mark. Without this file the marks are links. */
(() => {
  if (!HTMLElement.prototype.showPopover) return;
  const OPEN = 180, CLOSE = 240, GAP = 8, EDGE = 16;
  const boxes = new Map([...document.querySelectorAll('.peek[data-for]')].map(box => (
    [decodeURI(box.dataset.for), box]
  )));
  const boxOf = mark => boxes.get(decodeURI(mark.pathname));
  let shown = null, timer, wasTouch = false;

  // Under the mark, or above it where there is no room; all lines of the mark stay free.
  function place(mark, box) {
    const lines = [...mark.getClientRects()];
    const first = lines[0], last = lines[lines.length - 1];
    const { width, height } = box.getBoundingClientRect();
    const left = Math.max(EDGE, Math.min(first.left - EDGE, innerWidth - width - EDGE));
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
  const markOf = target => {
    const link = target instanceof Element && target.closest('.body a, .notes a');
    return link && boxOf(link) ? link : null;
  };
  const isWithin = target => target instanceof Element && Boolean(target.closest('.peek'));

  document.addEventListener('pointerover', event => {
    if (event.pointerType === 'touch') return;
    const mark = markOf(event.target);
    if (mark) later(() => show(mark), OPEN);
    else if (isWithin(event.target)) clearTimeout(timer);
  });
  document.addEventListener('pointerout', event => {
    if (event.pointerType === 'touch') return;
    const isLeaving = shown && (event.target === shown.mark || shown.mark.contains(event.target) || isWithin(event.target));
    if (isLeaving || markOf(event.target)) later(hide, CLOSE);
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
  let number = 0;
  for (const mark of document.querySelectorAll('.body a, .notes a')) {
    const box = boxOf(mark);
    if (!box) continue;
    if (!box.id) box.id = `peek-${number += 1}`;
    mark.setAttribute('aria-describedby', box.id);
  }
})();
