/* The two panes: side by side they scroll together; on small screens one is seen at a time. */

const letters = (words) => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '').slice(0, 24);
/* What of a paragraph's Markdown readers see, roughly: enough to know it again by. */
const seen = (chunk) => letters(chunk
  .replace(/\[\[[^\]|]*\|([^\]]*)\]\]/g, '$1')
  .replace(/\[\^[^\]]*\]:?|\[[^\]]*@[^\]]*\]/g, '')
  .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
  .replace(/^\s*(?:\d+[.)]|[-*+#>])\s+/, ''));

/* From one list of [key, place] to another: pairs of places whose keys are the same, in order. */
export function pairs(ours, theirs) {
  const found = [];
  let next = 0;
  for (const [key, place] of ours) {
    if (key.length < 3) continue;
    const at = theirs.findIndex(([other], index) => index >= next && (other.startsWith(key) || (other.length > 7 && key.startsWith(other))));
    if (at < 0) continue;
    found.push([place, theirs[at][1]]);
    next = at + 1;
  }
  return found;
}

/* The place on the other side, between the pairs on either side of it. */
export function across(points, place) {
  let after = points.findIndex(([ours]) => ours > place);
  if (after < 0) after = points.length - 1;
  const [x, y] = points[Math.max(0, after - 1)];
  const [nextX, nextY] = points[after];
  return nextX > x ? y + ((place - x) / (nextX - x)) * (nextY - y) : y;
}

export function start(screen) {
  const { text, place } = screen;
  const frame = place.querySelector('.pane.see .frame');
  let driver = text; // which side the author moves
  let view = null;

  const root = () => {
    try { return view && view.document.scrollingElement; } catch { return null; }
  };
  const blocks = () => [...view.document.querySelectorAll('article .body :is(p,h2,h3,h4,h5,h6,li,pre,table)')]
    .map((node) => [letters(node.textContent), node.getBoundingClientRect().top + view.scrollY]);
  let points = null;
  /* Made anew only when one of the two texts, or a width, has changed. */
  const pointsNow = () => {
    if (points) return points;
    const both = pairs(screen.paragraphTops().map(([chunk, top]) => [seen(chunk), top]), blocks());
    points = [[0, 0], ...both.filter(([, y], index, all) => index === 0 || y > all[index - 1][1]),
      [Math.max(text.scrollHeight, 1), root().scrollHeight]];
    return points;
  };
  const forget = () => { points = null; };

  /* At the top the tops meet, at the end the ends. */
  const match = (from, to, points) => {
    const range = Math.max(1, from.scrollHeight - from.clientHeight);
    const part = Math.min(1, from.scrollTop / range);
    const at = across(points, from.scrollTop + part * from.clientHeight);
    to.scrollTo({ top: at - part * to.clientHeight, behavior: 'instant' });
  };
  let waiting = 0;
  const follow = (side) => {
    if (side !== driver || waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      const page = root();
      if (!page || !screen.paragraphTops || !page.clientHeight) return;
      const points = pointsNow();
      if (driver === text) match(text, page, points);
      else match(page, text, points.map(([x, y]) => [y, x]));
    });
  };

  const takeOver = (side) => () => { driver = side; };
  for (const name of ['pointerenter', 'focus', 'keydown', 'wheel', 'touchstart']) {
    text.addEventListener(name, takeOver(text), { passive: true });
  }
  text.addEventListener('scroll', () => follow(text), { passive: true });
  const watch = (shown) => {
    if (!shown || !shown.contentWindow || shown.contentWindow === view) return;
    view = shown.contentWindow;
    forget();
    try {
      for (const name of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
        view.addEventListener(name, takeOver(view), { passive: true });
      }
      view.addEventListener('scroll', () => follow(view), { passive: true });
    } catch { view = null; return; }
    follow(driver);
  };
  /* Each preview is a frame of its own; it counts once it is seen. */
  const current = () => watch(frame.querySelector('iframe:not(.next)'));
  new MutationObserver(current).observe(frame, { childList: true, subtree: true, attributeFilter: ['class'] });
  frame.querySelector('iframe').addEventListener('load', () => { view = null; current(); });
  current();
  text.addEventListener('input', forget);
  new ResizeObserver(forget).observe(frame);

  const choice = place.querySelector('.switch');
  const turn = () => { place.dataset.pane = choice.querySelector('input:checked').value; };
  choice.hidden = false;
  choice.addEventListener('change', () => { turn(); forget(); driver = text; follow(text); });
  turn();
}
