import { html } from './preact.js';
import { get } from './api.js';
import { usePoll } from './poll.js';
import { Badge, Empty, Json, Loading, Moment, Pane, Problem, Table, Text } from './parts.js';

/** Who did what, when, and from where. */
export function Audit() {
  const { data, error } = usePoll(() => get('audit'), []);
  return html`<h1 tabindex="-1">Audit</h1>
    <${Problem} error=${error} />
    ${!data && !error && html`<${Loading} />`}
    ${
      data &&
      html`<${Pane} title="The last 100 deeds">
        ${
          data.entries.length === 0
            ? html`<${Empty}>Nobody has changed anything yet.<//>`
            : html`<${Table} label="Audit" heads=${['at', 'by', 'from', 'deed', 'what']}>
                ${data.entries.map(
                  (entry) => html`<tr>
                    <td><${Moment} at=${entry.at} /></td>
                    <td><${Text} text=${entry.by ?? '–'} /></td>
                    <td><${Text} text=${entry.from ?? '–'} /></td>
                    <td><${Badge} text=${entry.deed} /></td>
                    <td>${entry.what !== undefined && html`<${Json} json=${JSON.stringify(entry.what)} label="What" />`}</td>
                  </tr>`,
                )}
              <//>`
        }
        <p class="weak">All of them stand in <code>audit.jsonl</code> in the data folder.</p>
      <//>`
    }`;
}
