// Who holds what, and why: said first, as nothing of it is sent meanwhile.
import { html } from './preact.js';
import { Moment, Text } from './parts.js';

const CAUSES = {
  operator: 'by an operator',
  endpoint: 'as the endpoint refuses everything',
  refused: 'as its messages were all refused',
};

export function Holds({ lanes, may, onCommand }) {
  if (lanes.holds.length === 0) return null;
  return html`<section class="notice warn" aria-label="Holds">
    ${lanes.holds.map(
      (hold) => html`<div class="hold">
        <p>
          <strong>${hold.integration ? html`<${Text} text=${hold.integration} /> is held` : 'All lanes are held'}</strong>
          ${' '}${CAUSES[hold.cause]}${hold.by && html`, <${Text} text=${hold.by} />,`} since <${Moment} at=${hold.since} />:
          ${' '}<${Text} text=${hold.reason} long />
        </p>
        <button disabled=${!may} onClick=${() => onCommand({ release: true, integration: hold.integration })}>
          Release ${hold.integration ? html`<${Text} text=${hold.integration} />` : 'all'}
        </button>
      </div>`,
    )}
  </section>`;
}
