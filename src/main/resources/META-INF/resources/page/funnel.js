// read -> skipped -> pending -> delivered or dead, and whether it balances.
import { html, useRef } from './preact.js';
import { count, perSecond } from './format.js';
import { to } from './route.js';
import { Badge, Pane } from './parts.js';

// polls that a rate is taken over
const WINDOW = 6;
const STAGES = [
  ['read', 'read'],
  ['skipped', 'skipped'],
  ['pending', 'pending'],
  ['delivered', 'delivered'],
  ['dead', 'dead letters'],
  ['discarded', 'discarded'],
];
const KEPT_RATES = ['read', 'skipped', 'delivered', 'dead'];

/** What the counts grew by a second, over the last polls. */
function useRates(counts, at) {
  const seen = useRef([]);
  if (seen.current.at(-1)?.at !== at) seen.current = [...seen.current, { at, counts }].slice(-WINDOW);
  const first = seen.current[0];
  const seconds = (at - first.at) / 1000;
  return Object.fromEntries(
    KEPT_RATES.map((name) => [name, seconds > 0 ? Math.max(0, (counts[name] - first.counts[name]) / seconds) : null]),
  );
}

export function Funnel({ ledger, at }) {
  const skipped = ledger.integrations.reduce((sum, each) => sum + each.skipped, 0);
  const counts = { ...ledger, skipped };
  const rates = useRates(counts, at);
  const sum = ledger.delivered + ledger.dead + ledger.discarded + ledger.pending;
  return html`<${Pane} title="What became of all that was read">
    <dl class="funnel">
      ${STAGES.map(
        ([name, label]) => html`<div class=${`stage ${name}`}>
          <dt>${label}</dt>
          <dd class="figure">
            ${name === 'dead' ? html`<a href=${to('letters')}>${count(counts[name])}</a>` : count(counts[name])}
          </dd>
          <dd class="rate">${typeof rates[name] === 'number' ? perSecond(rates[name]) : html`\u00a0`}</dd>
        </div>`,
      )}
    </dl>
    <${Shares} counts=${counts} />
    <p class="balance">
      ${
        sum === ledger.read
          ? html`<${Badge} kind="good" text="balanced" />`
          : html`<${Badge} kind="bad" text="does not balance" />`
      }
      ${' '}${count(ledger.read)} read = ${count(ledger.delivered)} delivered + ${count(ledger.dead)} dead +
      ${' '}${count(ledger.discarded)} discarded + ${count(ledger.pending)} pending
    </p>
  <//>`;
}

function Shares({ counts }) {
  let from = 0;
  return html`<svg class="shares" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
    ${['delivered', 'dead', 'discarded', 'pending'].map((name) => {
      const width = counts.read ? (1000 * counts[name]) / counts.read : 0;
      const part = html`<rect class=${name} x=${from} y="0" width=${width} height="8" />`;
      from += width;
      return part;
    })}
  </svg>`;
}
