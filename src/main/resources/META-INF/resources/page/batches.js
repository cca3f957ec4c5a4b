import { html } from './preact.js';
import { bytes, count } from './format.js';
import { Badge, Empty, Moment, number, Pane, Table, Text } from './parts.js';

const KINDS = { delivered: 'good', retry: 'warn', hold: 'warn', split: 'warn', rejected: 'bad' };

export function Batches({ batches }) {
  return html`<${Pane} title="Last batches">
    ${
      batches.length === 0
        ? html`<${Empty}>None was sent since the service started.<//>`
        : html`<${Table}
            label="Last batches"
            heads=${['at', number('lane'), number('messages'), number('size'), number('took'), 'verdict', number('status'), 'answer']}
          >
            ${batches.map(
              (batch) => html`<tr>
                <td><${Moment} at=${batch.at} /></td>
                <td class="number">${batch.lane}</td>
                <td class="number">${count(batch.messages)}</td>
                <td class="number">${bytes(batch.bytes)}</td>
                <td class="number">${count(batch.millis)} ms</td>
                <td><${Badge} kind=${KINDS[batch.verdict] ?? ''} text=${batch.verdict} /></td>
                <td class="number">${batch.status ?? '–'}</td>
                <td class="cut"><${Text} text=${batch.answer ?? batch.failure} /></td>
              </tr>`,
            )}
          <//>`
    }
  <//>`;
}
