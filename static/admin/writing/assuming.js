/* "Assume this…": ties the sentence at the caret to a claim of the ledger, or to one that is made
   here, with its first report if it is to have one. */
import { claimField, openOver, sending } from './claimfield.js';
import { reportFields, send, tell } from './reportfields.js';
import { isHeld, keysOf } from './rows.js';
import { claimed, plainOf, sentenceAt, withAssumption } from './sentences.js';

/* The report that may come with a new claim, folded open by one key. */
function foldOpen(dialog, first) {
  first.querySelector('kbd').textContent = keysOf('R');
  first.addEventListener('toggle', () => { if (first.open) first.querySelector('[name=origin]').focus(); });
  dialog.addEventListener('keydown', (event) => {
    if (!isHeld(event) || event.code !== 'KeyR' || first.hidden) return;
    event.preventDefault();
    first.open = !first.open;
  });
}

export function start(screen) {
  const { text, say } = screen;
  const { assumes } = screen.form.elements;
  const unfold = () => { if (assumes.value.trim()) document.getElementById('rests').open = true; };
  assumes.addEventListener('input', unfold);
  screen.on('replaced', unfold);
  if (!document.getElementById('assume-this')) return;
  const state = document.getElementById('claim-state');
  const now = () => ({ text: text.value, start: text.selectionStart, end: text.selectionEnd });

  /* Into the field of what the post assumes, unless it is there. */
  const addAssumption = (slug, words) => {
    const lines = withAssumption(assumes.value, slug, words);
    if (lines === assumes.value) return;
    assumes.value = lines;
    assumes.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const tie = (was, claim, words) => {
    const edit = claimed({ text: was.text, ...sentenceAt(was) }, claim.slug, claim.statement.replace(/[.\s]+$/, ''));
    if (edit) screen.edit(edit);
    addAssumption(claim.slug, words === claim.statement ? '' : words);
    const tied = edit ? '' : ' No mark can go round the words, so the text stands as it was.';
    say(state, `Assumed, and listed under “What this assumes”. The claim is ${claim.standing}.${tied}`);
  };

  const fill = (part, { slug, statement, making }) => {
    part('#claim-statement').value = statement.slice(0, 500);
    part('#claim-slug').value = slug;
    part('#claim-words').value = statement;
    part('.own').hidden = part('.search').hidden = making;
    if (!making) return;
    part('h2').textContent = 'Make this claim';
    part('[data-go]').textContent = 'Make the claim';
  };

  /* A claim that is made for a mark that waits for it is not yet assumed. */
  screen.on('assume', ({ slug = '', words = null }) => {
    const was = now();
    const meant = sentenceAt(was);
    const making = words !== null;
    const dialog = openOver(screen, 'assume-this');
    const part = (selector) => dialog.querySelector(selector);
    const first = part('.first');
    const field = claimField(screen, dialog, {
      changed: () => {
        part('.new').hidden = Boolean(field.claim);
        if (first) first.hidden = Boolean(field.claim);
      },
    });
    /* Who would say it twice is shown the first, one key from assuming it. */
    const takeTwin = (twin) => {
      field.show(twin);
      part('[data-error=__all__]').textContent = 'The ledger has this claim already. It can be assumed as it is.';
      part('[data-go]').focus();
    };
    const make = async (form) => {
      const data = new FormData(form);
      if (first && first.open) data.append('with_report', '1');
      const answer = await send(screen, screen.url('claim'), data);
      tell(form, answer);
      if (answer.data.twin && !making) takeTwin(answer.data.twin);
      return answer.ok ? answer.data.claim : null;
    };
    const form = sending(dialog, async () => {
      const spoken = part('#claim-words').value.replace(/\s+/g, ' ').trim();
      const claim = field.claim || await make(form);
      if (!claim) return;
      dialog.close();
      if (making) say(state, `Made: the claim “${claim.slug}”. It is ${claim.standing}.`);
      else tie(was, claim, spoken);
      screen.emit('replaced');
    });
    fill(part, { slug, making, statement: plainOf(making ? words : was.text.slice(meant.start, meant.end)) });
    if (first) {
      reportFields(screen, form).offer([]);
      foldOpen(dialog, first);
    }
    if (making) part('#claim-statement').focus();
    else field.focus();
  });
}
