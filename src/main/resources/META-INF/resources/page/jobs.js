import { html } from './preact.js';
import { get } from './api.js';
import { usePoll } from './poll.js';
import { count } from './format.js';
import { to } from './route.js';
import { Badge, Empty, Loading, Moment, number, Pane, Problem, Table, Text } from './parts.js';

export const STATES = { waiting: 'warn', running: 'warn', done: 'good', cancelled: '', failed: 'bad' };

export function Jobs() {
  const { data, error } = usePoll(() => get('jobs'), []);
  return html`<h1 tabindex="-1">Jobs</h1>
    <${Problem} error=${error} />
    ${!data && !error && html`<${Loading} />`}
    ${
      data &&
      html`<${Pane} title="The last 100">
        ${
          data.jobs.length === 0
            ? html`<${Empty}>There was none. Replays and discards of <a href=${to('letters')}>dead letters</a> are jobs.<//>`
            : html`<${Table}
                label="Jobs"
                heads=${['id', 'deed', 'state', 'by', 'asked for', number('selected'), number('passed'), number('discarded'), number('stayed'), number('gone')]}
              >
                ${data.jobs.map((job) => html`<${Row} key=${job.id} job=${job} />`)}
              <//>`
        }
      <//>`
    }`;
}

function Row({ job }) {
  return html`<tr>
    <th scope="row"><a href=${to(`jobs/${job.id}`)} aria-label=${`Job ${job.id}`}>${job.id}</a></th>
    <td>${job.deed}</td>
    <td><${Badge} kind=${STATES[job.state]} text=${job.state} /></td>
    <td><${Text} text=${job.by ?? '–'} /></td>
    <td><${Moment} at=${job.at} /></td>
    <td class="number">${count(job.selected)}</td>
    <td class="number">${count(job.passed)}</td>
    <td class="number">${count(job.discarded)}</td>
    <td class="number">${count(job.stayed)}</td>
    <td class="number">${count(job.gone)}</td>
  </tr>`;
}
