/* "Report on a claim…": one more line of a ledger, and how the claim stood before it and stands
   with it. */
import { claimField, openOver, sending } from './claimfield.js';
import { reportFields, send, tell } from './reportfields.js';
import { claimAt } from './sentences.js';

export function start(screen) {
  const { text, say } = screen;
  if (!document.getElementById('report-on')) return;
  const state = document.getElementById('claim-state');
  const now = () => ({ text: text.value, start: text.selectionStart, end: text.selectionEnd });

  const entered = (dialog, { claim, before }) => {
    const done = dialog.querySelector('.entered');
    dialog.querySelector('form').hidden = true;
    done.hidden = false;
    dialog.setAttribute('aria-labelledby', 'entered-h');
    const words = { '.t': claim.statement, '.before': before, '.after': claim.standing, '.why': claim.because };
    for (const [place, said] of Object.entries(words)) done.querySelector(place).textContent = said;
    done.querySelector('.after').classList.toggle('moved', before !== claim.standing);
    say(state, `Entered. The claim was ${before}, and is ${claim.standing} now.`);
    done.querySelector('[data-more]').addEventListener('click', () => {
      dialog.close();
      report({ slug: claim.slug });
    });
    done.querySelector('[data-close]').focus();
    screen.emit('replaced');
  };

  const report = async ({ slug = '' }) => {
    const wanted = slug || (claimAt(now()) || {}).slug;
    const dialog = openOver(screen, 'report-on');
    const field = claimField(screen, dialog, { taken: (found) => look(found) });
    const form = sending(dialog, async () => {
      const data = new FormData(form);
      data.append('claim', field.claim ? field.claim.slug : '');
      const answer = await send(screen, screen.url('report'), data);
      tell(form, answer);
      if (answer.ok) entered(dialog, answer.data);
    });
    const fields = reportFields(screen, form);
    const look = async (found) => {
      const answer = await send(screen, screen.url('look'), { claim: found });
      tell(form, answer);
      if (!answer.ok) { field.focus(); return; }
      field.show(answer.data.claim);
      fields.offer(answer.data.reports);
      form.querySelector('[data-error=__all__]').textContent = answer.data.why_not;
      fields.focus();
    };
    fields.offer([]);
    field.focus();
    if (wanted) await look(wanted);
  };
  screen.on('report', report);
}
