import { html } from './preact.js';
import { count } from './format.js';
import { to } from './route.js';
import { Badge, Empty, Moment, number, Pane, Table, Text, unseen } from './parts.js';

const KINDS = { running: 'good', waiting: 'warn', held: 'warn', failing: 'bad' };

/** @param holds also those of all lanes, under which no integration can be released by itself */
export function Integrations({ integrations, holds, may, onCommand }) {
  const held = new Set(holds.map((hold) => hold.integration));
  return html`<${Pane} title="Integrations">
    ${
      integrations.length === 0
        ? html`<${Empty}>There are none. An integration is a folder below <code>relay.routes</code> with a route, a mapping and a sample.<//>`
        : html`<${Table}
            label="Integrations"
            heads=${[
              'integration',
              'state',
              number('read'),
              number('skipped'),
              number('pending'),
              number('delivered'),
              number('dead'),
              number('discarded'),
              unseen('hold'),
            ]}
          >
            ${integrations.map((each) => html`<${Row} key=${each.integration} each=${each} held=${held.has(each.integration)} may=${may} onCommand=${onCommand} />`)}
          <//>`
    }
  <//>`;
}

function Row({ each, held, may, onCommand }) {
  const name = each.integration;
  return html`<tr>
    <th scope="row"><${Text} text=${name} /></th>
    <td>
      <${Badge} kind=${KINDS[each.state] ?? ''} text=${each.state} />
      ${each.why && html`<div class="why"><${Text} text=${each.why} long />${each.since && html` (since <${Moment} at=${each.since} />)`}</div>`}
    </td>
    <td class="number">${count(each.read)}</td>
    <td class="number">${count(each.skipped)}</td>
    <td class="number">${count(each.pending)}</td>
    <td class="number">${count(each.delivered)}</td>
    <td class="number">
      ${
        each.dead
          ? html`<a href=${to('letters', { integration: name })} aria-label=${`${count(each.dead)} dead letters of ${name}`}>${count(each.dead)}</a>`
          : '0'
      }
    </td>
    <td class="number">${count(each.discarded)}</td>
    <td>
      <button
        class="small"
        disabled=${!may}
        aria-label=${`${held ? 'Release' : 'Hold'} ${name}`}
        onClick=${() => onCommand({ [held ? 'release' : 'hold']: true, integration: name })}
      >
        ${held ? 'Release' : 'Hold'}
      </button>
    </td>
  </tr>`;
}
