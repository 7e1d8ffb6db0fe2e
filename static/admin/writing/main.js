/* The post screen. Each part stands alone: one that fails leaves the others, and the form, working. */
import { makeScreen } from './screen.js';
import * as change from './change.js';
import * as previewing from './previewing.js';
import * as keeping from './keeping.js';
import * as conflict from './conflict.js';
import * as outgoing from './outgoing.js';
import * as picturing from './picturing.js';
import * as highlight from './highlight.js';
import * as completing from './completing.js';
import * as pasting from './pasting.js';
import * as shortcuts from './shortcuts.js';
import * as panes from './panes.js';
import * as panel from './panel.js';
import * as suggesting from './suggesting.js';
import * as assuming from './assuming.js';
import * as reporting from './reporting.js';

const PARTS = [change, previewing, picturing, keeping, conflict, outgoing, highlight, completing, pasting, shortcuts, panes, panel, suggesting, assuming, reporting];

const place = document.getElementById('writing');
if (place && place.querySelector('textarea.markdownx-editor')) {
  const screen = makeScreen(place);
  for (const part of PARTS) {
    try { part.start(screen); } catch (error) { console.error(error); }
  }
}
