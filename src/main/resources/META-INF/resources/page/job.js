// One job: how far it is, and what came of it.
import { html, useEffect, useState } from './preact.js';
import { getText, post } from './api.js';
import { announce } from './announce.js';
import { usePoll } from './poll.js';
import { count, duration, letters, perSecond } from './format.js';
import { elements, fields } from './json.js';
import { to } from './route.js';
import { STATES } from './jobs.js';
import { JobDialog, orderOf } from './order.js';
import { lastName } from './commands.js';
import { Badge, Json, Loading, Moment, Pane, Problem, Table, Text } from './parts.js';

/** With the messages of a try as the text of their JSON. */
async function load(id) {
  const text = await getText(`jobs/${encodeURIComponent(id)}`);
  const job = JSON.parse(text);
  return { ...job, first: elements(fields(text).first ?? '[]').map(fields) };
}

const isOver = (job) => !['waiting', 'running'].includes(job.state);

export function inWords(job) {
  if (job.state === 'failed') return `failed: ${job.failure}`;
  if (job.state === 'waiting') return 'waits for its turn';
  const does = isOver(job) ? '' : ' so far';
  const said =
    job.deed === 'try'
      ? `${letters(job.passed)} would be sent again`
      : job.deed === 'replay'
        ? `${letters(job.passed)} sent again`
        : `${letters(job.discarded)} discarded`;
  const stays = job.stayed ? `, ${letters(job.stayed)} ${job.deed === 'try' ? 'would stay' : 'stay'}` : '';
  const gone = job.gone ? `, ${letters(job.gone)} gone before` : '';
  return `${job.state === 'cancelled' ? 'cancelled: ' : ''}${said}${stays}${gone}${does}, of ${count(job.selected)}`;
}

export function Job({ me, id }) {
  const { data: job, error, again } = usePoll(() => load(id), [id], isOver);
  const [order, setOrder] = useState(null);
  const [refused, setRefused] = useState(null);
  const over = job && isOver(job);
  useEffect(() => {
    if (over) announce(`Job ${id}: ${inWords(job)}`);
  }, [id, over]);
  const cancel = () => {
    setRefused(null);
    post(`jobs/${encodeURIComponent(id)}/cancel`, { by: me.login ? undefined : lastName() }).then(again, setRefused);
  };
  const tried = job?.deed === 'try' && over && job.passed > 0 && orderOf(id);
  return html`<h1 tabindex="-1">Job <${Text} text=${id} /></h1>
    <${Problem} error=${error ?? refused} />
    ${!job && !error && html`<${Loading} />`}
    ${
      job &&
      html`<p>
          <${Badge} kind=${STATES[job.state]} text=${job.state} /> ${job.deed}${job.by && html` by <${Text} text=${job.by} />`}
          ${' '}from <${Text} text=${job.from} />, <${Moment} at=${job.at} />${job.why && html`: <${Text} text=${job.why} long />`}
        </p>
        <${Progress} job=${job} />
        <div class="actions">
          ${!over && html`<button disabled=${me.role !== 'operator'} onClick=${cancel}>Cancel the job</button>`}
          ${
            tried &&
            html`<button
              class="primary"
              disabled=${me.role !== 'operator'}
              onClick=${() => setOrder({ deed: 'replay', selection: tried, selected: job.selected, words: '' })}
            >
              Replay ${job.selected === 1 ? 'it' : `these ${count(job.selected)}`} …
            </button>`
          }
          <a href=${to('letters')}>Dead letters</a>
        </div>
        <${Stays} job=${job} />
        <${First} job=${job} />`
    }
    ${order && html`<${JobDialog} me=${me} order=${order} onClose=${() => setOrder(null)} />`}`;
}

function Progress({ job }) {
  const through = job.passed + job.discarded + job.stayed + job.gone;
  const left = job.perSecond > 0 ? (job.selected - through) / job.perSecond : null;
  return html`<p>
      <progress max=${job.selected || 1} value=${job.selected ? through : isOver(job) ? 1 : undefined} aria-label="Progress of the job"></progress>
      ${' '}${count(through)} of ${count(job.selected)}${job.perSecond > 0 && `, ${perSecond(job.perSecond)}`}${
        !isOver(job) && left && `, ${duration(left)} left`
      }
    </p>
    <p><strong>${inWords(job)}</strong></p>`;
}

function Stays({ job }) {
  if (job.stays.length === 0) return null;
  return html`<${Pane} title=${job.stayed > job.stays.length ? `Why they stay: the first ${job.stays.length}` : 'Why they stay'}>
    <${Table} label="Letters that stay" heads=${['id', 'why']}>
      ${job.stays.map(
        (stay) => html`<tr>
          <th scope="row"><a href=${to(`letters/${stay.id}`)}>${stay.id}</a></th>
          <td><${Text} text=${stay.why} long /></td>
        </tr>`,
      )}
    <//>
  <//>`;
}

function First({ job }) {
  if (job.first.length === 0) return null;
  return html`<${Pane} title="What the first would become">
    ${job.first.map((sample) => {
      const id = JSON.parse(sample.id);
      return html`<h3>Letter <a href=${to(`letters/${id}`)}>${id}</a></h3>
        <${Json} json=${sample.messages} label=${`What letter ${id} would become`} />`;
    })}
  <//>`;
}
