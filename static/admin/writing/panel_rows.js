/* One row of the panel for each thing that it tells. */
import { claimAt } from './sentences.js';
import { linkText } from './textops.js';
import { ariaKeys, button, make } from './rows.js';

export const KINDS = ['background', 'extends', 'updates', 'corrects', 'qualifies', 'disagrees', 'see-also'];

/* The mark with another kind; the usual one goes without saying. */
export function withKind(source, kind) {
  return source.replace(/^\[\[\s*(?:[\w-]+\s*::\s*)?/, kind === 'background' ? '[[' : `[[${kind}::`);
}

export function keyOf(item) {
  const [[type, it]] = Object.entries(item);
  const names = {
    reference: () => it.slug, source: () => it.id || it.page, lost: () => it.place.source,
    claim: () => it.slug, picture: () => it.url, other: () => it.what, referring: () => it.url,
  };
  return `${type} ${names[type]()}`;
}

export function rowOf(item, hands) {
  const [[type, it]] = Object.entries(item);
  return ROWS[type](it, hands);
}

// Fields of the panel belong to no form: Enter in them must not save the post.
const NO_FORM = { form: 'none', autocomplete: 'off' };

const title = (it) => make('span', { className: 't' },
  it.url ? make('a', { href: it.url, target: '_blank', rel: 'noopener' }, it.title) : it.title);

const goButton = (it, { goTo }) =>
  button(`Line ${it.line}`, () => goTo(it.line, it.place), { 'aria-label': `Go to line ${it.line}`, 'data-is': 'line' });

function reference(it, hands) {
  const row = make('li', {}, title(it), `${it.when}. `, goButton(it, hands));
  if (!it.place) {
    row.append(make('span', { className: 'q' }, ' By its address; [[…]] would let you say what this post does to it.'));
  } else if (it.place.column !== null) {
    const select = make('select', { 'data-is': 'kind', ...NO_FORM });
    for (const kind of KINDS) {
      select.append(make('option', { value: kind, selected: kind === it.kind, defaultSelected: kind === it.kind },
        kind.replace('-', ' ')));
    }
    select.addEventListener('change', () => {
      hands.change(it.place, withKind(it.place.source, select.value), { stay: select });
    });
    row.append(make('label', {}, ' as', make('span', { className: 'sr' }, ` what kind of reference, to ${it.title}`), select));
  }
  return row;
}

function lost(it, hands) {
  const row = make('li', { className: it.isError ? 'todo' : '' }, make('span', { className: 't' }, it.place.source));
  row.append(make('b', {}, it.nearest || it.of !== 'post' ? 'Leads nowhere. ' : 'Not settled. '));
  if (it.mended && it.place.column !== null) {
    row.append(`The nearest is “${it.nearest.title}”. `,
      button('Use that one', () => hands.useNearest(it),
        { 'data-is': 'use', 'aria-label': `Use that one: ${it.nearest.title}`, 'aria-keyshortcuts': ariaKeys('U') }), ' ');
  } else row.append(`${it.what} ${it.remedy} `);
  if (it.of === 'claim' && hands.makeClaim) {
    const meant = claimAt({ text: it.place.source, start: 0, end: 0 });
    if (meant) row.append(button('Make this claim', () => hands.makeClaim(meant), { 'data-is': 'make', 'aria-label': `Make this claim: ${meant.slug}` }), ' ');
  }
  row.append(goButton(it, hands));
  return row;
}

function claim(it, hands) {
  const row = make('li', {}, title(it), make('span', { className: 'st' }, it.standing), it.isAssumed ? ', assumed. ' : ', not assumed. ');
  if (hands.report) {
    row.append(button('Report on it', () => hands.report(it), { 'data-is': 'report', 'aria-haspopup': 'dialog', 'aria-label': `Report on it: ${it.title}` }), ' ');
  }
  if (it.lines.length) row.append(goButton({ line: it.lines[0] }, hands));
  return row;
}

function source(it, hands) {
  const row = make('li', { className: it.missing.length ? 'todo' : '' }, title(it));
  if (it.about) row.append(`${it.about}. `);
  if (!it.id) row.append(make('span', { className: 'q' }, 'New: it becomes a source when you save. '));
  if (it.missing.length) row.append(make('b', {}, it.missing.join(' ')), ' ');
  if (it.lacks.length) row.append(make('span', { className: 'q' }, it.lacks.join(' ')), ' ');
  const open = button(it.missing.length ? 'Put it in' : 'Change', () => {
    open.hidden = true;
    const form = sourceForm(it, hands, () => { form.remove(); open.hidden = false; open.focus(); });
    row.append(form);
    form.querySelector('input').focus();
  }, { 'data-is': 'open', 'aria-label': `${it.missing.length ? 'Put in what is missing' : 'Change'}: ${it.title}` });
  if (it.mayChange) row.append(open, ' ');
  row.append(goButton({ line: it.lines[0] }, hands));
  return row;
}

/* Only what was changed is sent. */
function sourceForm(it, { putIn }, close) {
  const box = make('div', { className: 'put-in', role: 'group', 'aria-label': `About ${it.title}`, 'data-open': '' });
  const inputs = {
    date: make('input', { type: 'text', value: it.fields.date, placeholder: '17 November 2024', ...NO_FORM }),
    authors: make('textarea', { value: it.fields.authors, rows: 2, placeholder: 'Family, Given', ...NO_FORM }),
    outlet: make('input', { type: 'text', value: it.fields.outlet, ...NO_FORM }),
  };
  const labels = { date: 'Date', authors: 'Authors, one a line', outlet: 'Outlet, or where it appeared' };
  const errors = {};
  for (const [name, input] of Object.entries(inputs)) {
    errors[name] = make('span', { className: 'bad', role: 'alert' });
    box.append(make('label', {}, labels[name], input), errors[name]);
  }
  const others = it.others === 1 ? 'Another post cites' : `${it.others} other posts cite`;
  if (it.others) box.append(make('p', {}, `${others} this source, too: there it changes as well.`));
  let isSaving = false;
  const save = async () => {
    const changed = Object.entries(inputs).filter(([name, input]) => input.value !== it.fields[name]);
    if (!changed.length) { close(); return; }
    if (isSaving) return;
    isSaving = true;
    const answer = await putIn({ source: it.id, ...Object.fromEntries(changed.map(([name, input]) => [name, input.value])) });
    isSaving = false;
    for (const name of Object.keys(inputs)) errors[name].textContent = (answer.data.errors || {})[name] || '';
    if (answer.ok) close();
  };
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { event.preventDefault(); close(); }
    if (event.key === 'Enter' && event.target.tagName === 'INPUT') { event.preventDefault(); save(); }
  });
  box.append(button('Save the source', save), ' ', button('Leave it', close));
  return box;
}

function picture(it, hands) {
  const name = decodeURI(it.url.split('/').pop() || it.url);
  const row = make('li', { className: 'todo' }, make('span', { className: 't' }, name),
    make('b', {}, 'No alt text. '), goButton(it, hands));
  if (it.place.column === null) return row;
  const input = make('input', { type: 'text', 'data-is': 'alt', ...NO_FORM });
  const put = () => {
    const words = input.value.replace(/\s+/g, ' ').trim();
    if (!words) { input.focus(); return; }
    hands.change(it.place, `![${linkText(words.replace(/\\$/, ''))}]`, { stay: input });
    row.querySelector('[data-open]')?.removeAttribute('data-open');
  };
  input.addEventListener('input', () => input.toggleAttribute('data-open', Boolean(input.value)));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') { event.preventDefault(); put(); }
  });
  row.append(make('label', { className: 'alt' }, 'What it shows, for readers who cannot see it', input),
    button('Put it in', put, { 'aria-label': `Put in what ${name} shows` }));
  return row;
}

function other(it, hands) {
  return make('li', { className: it.isError ? 'todo' : '' }, `${it.what} ${it.remedy} `, goButton(it, hands));
}

function referring(it) {
  return make('li', {}, title(it), `${it.when}. ${it.kinds}`);
}

const ROWS = { reference, lost, source, claim, picture, other, referring };
