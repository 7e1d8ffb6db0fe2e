/* "What is this change?": asked only where the text of a published post is another than before. */

const WORDED = ['headline', 'standfirst', 'body'];
const read = (text) => text.replace(/\r\n/g, '\n').trim();

export function start(screen) {
  const box = document.getElementById('change-kind');
  if (!box) return;
  const { form } = screen;
  const offer = document.getElementById('change-offer');
  const asked = document.getElementById('change-asked');
  const rows = { was: box.querySelector('.change-was'), text: box.querySelector('.change-text') };
  const field = (row) => row.querySelector('textarea');
  const label = rows.text.querySelector('label');
  const fields = WORDED.map((name) => form.elements[name]).filter(Boolean);
  const before = fields.map((one) => read(one.defaultValue));
  // A form that came back from the server was changed: what it holds is no longer what readers have.
  let isOpen = 'open' in box.dataset;

  const differs = () => 'open' in box.dataset || fields.some((one, index) => read(one.value) !== before[index]);
  const kind = () => (box.querySelector('input:checked') || { value: '' }).value;
  const show = () => {
    const isFilled = Boolean(kind() || field(rows.was).value || field(rows.text).value);
    box.hidden = !(isOpen || isFilled || differs());
    offer.hidden = !box.hidden;
    const chosen = kind();
    const isNotice = Boolean(chosen) && chosen !== 'copy-edit';
    rows.was.hidden = chosen !== 'correction' && !field(rows.was).value;
    rows.text.hidden = !isNotice && !field(rows.text).value;
    label.textContent = chosen === 'correction' ? 'What is right' : 'What readers are told';
    if (chosen) asked.hidden = true;
  };

  offer.querySelector('button').addEventListener('click', () => {
    isOpen = true;
    show();
    box.querySelector('input').focus();
  });
  // First of all who hear of it: what is not sent is not being sent.
  form.addEventListener('submit', (event) => {
    if (event.submitter && event.submitter.name === '_both') return;
    if (!differs() || kind()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box.hidden = false;
    asked.hidden = false;
    box.querySelector('input').focus();
  }, true);
  form.addEventListener('input', show);
  form.addEventListener('change', show);
  for (const name of ['typed', 'replaced', 'replace', 'saved']) screen.on(name, show);
  show();
}
