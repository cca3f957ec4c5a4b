import { html } from './preact.js';
import { Badge, Empty, Json, Moment, number, Pane, Table, Text } from './parts.js';

/** The messages that were settled last. */
export function Tap({ tap }) {
  return html`<${Pane} title="Recent messages">
    ${
      tap.messages.length === 0
        ? html`<${Empty}>None since the service started.<//>`
        : html`<${Table} label="Recent messages" heads=${['at', 'integration', 'type', 'entity', 'became', number('status'), 'messageId']}>
            ${tap.messages.map(
              (each) => html`<tr>
                <td><${Moment} at=${each.at} /></td>
                <td><${Text} text=${each.integration} /></td>
                <td><${Text} text=${each.type} /></td>
                <td><${Text} text=${each.entity} long /></td>
                <td><${Badge} kind=${each.state === 'delivered' ? 'good' : 'bad'} text=${each.state} /></td>
                <td class="number">${each.status || '–'}</td>
                <td class="cut"><${Text} text=${each.messageId} /></td>
              </tr>
              ${each.message && html`<tr><td colspan="7"><${Json} json=${JSON.stringify(each.message)} label="Message" /></td></tr>`}`,
            )}
          <//>`
    }
    ${!tap.bodies && html`<p class="weak">What is in them is shown where <code>relay.tap.bodies</code> is true.</p>`}
  <//>`;
}
