import { html } from './preact.js';
import { count, perSecond } from './format.js';
import { Badge, Moment, Pane, Text } from './parts.js';

const GATE = { open: 'good', held: 'warn', paused: 'warn', failing: 'bad' };
const LANE = { failed: 'bad', waiting: 'warn', sending: 'good', collecting: '', idle: '' };

/** The lanes, and the gate that all their requests pass. */
export function Gate({ lanes, may, onCommand }) {
  const { gate } = lanes;
  const hold = html`<button disabled=${!may} onClick=${() => onCommand({ hold: true })}>Hold all lanes …</button>`;
  return html`<${Pane} title="Lanes and gate" actions=${hold}>
    <p>
      The gate is <${Badge} kind=${GATE[gate.state] ?? ''} text=${gate.state} />
      ${gate.until && html` until <${Moment} at=${gate.until} />`}${gate.reason && html`: <${Text} text=${gate.reason} long />`}.
      ${' '}At most ${count(gate.requestsAtOnce)} requests at once${
        gate.perSecond ? html`, ${perSecond(gate.perSecond)}` : ', at no set rate'
      }.
    </p>
    <ul class="lanes" aria-label="Lanes">
      ${lanes.lanes.map(
        (lane) => html`<li key=${lane.lane}>
          <span>Lane ${lane.lane} <${Badge} kind=${LANE[lane.state] ?? ''} text=${lane.state} /></span>
          <span class="weak">${count(lane.messages)} ${lane.messages === 1 ? 'message' : 'messages'}</span>
          ${lane.failure && html`<${Text} text=${lane.failure} long />`}
        </li>`,
      )}
    </ul>
  <//>`;
}
