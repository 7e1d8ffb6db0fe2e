/* What both dialogs of the ledger share: the field that finds a claim, and how they are sent. */
import { offering } from './choosing.js';
import { open } from './dialogs.js';

/* Over the text, which has its caret back afterwards unless it was changed. */
export function openOver(screen, id) {
  const { text } = screen;
  const was = [text.value, text.selectionStart, text.selectionEnd];
  const dialog = open(id);
  dialog.addEventListener('close', () => {
    if (text.value === was[0] && document.activeElement === text) text.setSelectionRange(was[1], was[2]);
  });
  return dialog;
}

/* Found by its words, and shown with how it stands. `changed` hears of every choice. */
export function claimField(screen, dialog, { taken = () => {}, changed = () => {} }) {
  const search = dialog.querySelector('.search');
  const chosen = dialog.querySelector('.chosen');
  const input = search.querySelector('input');
  const field = {
    claim: null,
    focus: () => input.focus(),
    show(claim) {
      field.claim = claim;
      chosen.querySelector('.t').textContent = claim.statement;
      chosen.querySelector('.how').textContent = `${claim.slug}: ${claim.standing}${claim.because ? `, ${claim.because}` : '.'}`;
      search.hidden = true;
      chosen.hidden = false;
      changed();
    },
  };
  offering(input, {
    ask: (q, how) => screen.post(screen.url('claims'), { q }, how),
    take: (option, statement) => {
      input.value = '';
      field.show({ slug: option.value, statement, standing: option.about });
      taken(option.value);
    },
    searching: true,
  });
  chosen.querySelector('[data-another]').addEventListener('click', () => {
    field.claim = null;
    search.hidden = false;
    chosen.hidden = true;
    changed();
    input.focus();
  });
  return field;
}

/* Sent once at a time; Ctrl+Enter sends from wherever in the dialog one is. */
export function sending(dialog, act) {
  const form = dialog.querySelector('form');
  let isBusy = false;
  let isTyped = false;
  form.addEventListener('input', (event) => { isTyped ||= !event.target.closest('.search'); });
  // A slip of the hand throws nothing away: Escape says so first, and closes when it is meant.
  dialog.addEventListener('cancel', (event) => {
    if (!isTyped || form.hidden) return;
    event.preventDefault();
    isTyped = false;
    form.querySelector('[data-error=__all__]').textContent = 'What is typed here is not saved. Escape once more throws it away.';
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    try { await act(form); } finally { isBusy = false; }
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return form;
}
