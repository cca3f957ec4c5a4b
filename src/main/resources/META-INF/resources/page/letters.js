// Dead letters: by their kinds first, as people mend kinds and not letters.
import { html, useEffect, useState } from './preact.js';
import { address, get } from './api.js';
import { usePoll } from './poll.js';
import { count, letters as inNumber } from './format.js';
import { to } from './route.js';
import { filterOf, FilterForm, hasGroups, inWords, jobFilter } from './filters.js';
import { JobDialog } from './order.js';
import { Badge, Empty, Loading, Moment, number, Pane, Problem, Table, Text, unseen, ViewerNote } from './parts.js';

const PAGE = 50;
// where letters have to be read one by one, a request ends after some of them: so many are made for a page
const REQUESTS = 20;
// more than that cannot be named one by one in a request
const MOST_CHOSEN = 10000;

async function load(filter, after) {
  let page = { letters: [], next: after };
  for (let i = 0; i < REQUESTS && page.letters.length < PAGE && (i === 0 || page.next); i++) {
    const more = await get('dead-letters', { ...filter, limit: PAGE - page.letters.length, after: page.next });
    page = { ...more, letters: [...page.letters, ...more.letters] };
  }
  return page;
}

export function Letters({ me, parameters }) {
  const filter = filterOf(parameters);
  const key = JSON.stringify(filter);
  const groups = usePoll(async () => (hasGroups(filter) ? get('dead-letters/groups', filter) : null), [key]);
  const page = usePoll(
    () => load(filter, parameters.after),
    [key, parameters.after],
    (answer) => answer.total === undefined,
  );
  const ledger = usePoll(() => get('ledger', { limit: 0 }), [], () => true);
  const [chosen, setChosen] = useState(new Set());
  const [order, setOrder] = useState(null);
  useEffect(() => setChosen(new Set()), [key]);
  const total = page.data?.total;
  const selection = chosen.size > 0 ? { ids: [...chosen] } : { filter: jobFilter(filter) };
  const selected = chosen.size > 0 ? chosen.size : total;
  const some = selected !== 0 && !(total === undefined && page.data?.letters.length === 0 && !page.data.next);
  const ask = (deed) =>
    setOrder({ deed, selection, selected, words: chosen.size > 0 ? 'that were chosen' : inWords(filter) });
  return html`<h1 tabindex="-1">Dead letters</h1>
    <${FilterForm} filter=${filter} integrations=${(ledger.data?.integrations ?? []).map((each) => each.integration)} />
    <${Problem} error=${page.error ?? groups.error} />
    <${Groups} groups=${groups.data} filter=${filter} />
    <${Pane} title="Letters">
      ${!page.data && !page.error && html`<${Loading} />`}
      ${
        page.data &&
        html`<div class="bar">
            <p>
              ${
                chosen.size > 0
                  ? html`<strong>${count(chosen.size)} chosen.</strong>
                      ${' '}<button class="small" onClick=${() => setChosen(new Set())}>Choose none</button>`
                  : total === undefined
                    ? 'How many fit is not known before all were read.'
                    : html`<strong>${inNumber(total)}</strong>${inWords(filter) ? ' that fit.' : ' in all.'}`
              }
            </p>
            <div class="actions">
              <${Actions} me=${me} none=${!some} what=${chosen.size > 0 ? `${count(chosen.size)} chosen` : total === undefined ? 'all that fit' : `all ${count(total)}`} onAct=${ask} />
            </div>
          </div>
          ${page.data.letters.length === 0 ? html`<${Nothing} filtered=${inWords(filter) !== ''} more=${page.data.next} />` : html`<${List} page=${page.data} chosen=${chosen} onChoose=${setChosen} />`}
          <${Pages} filter=${filter} after=${parameters.after} next=${page.data.next} />
          ${
            some &&
            html`<p>
              Export ${inWords(filter) ? 'all that fit' : 'all'}:
              ${' '}<a href=${address('dead-letters/export', { ...filter, format: 'jsonl' })} download>JSON lines</a>,
              ${' '}<a href=${address('dead-letters/export', { ...filter, format: 'csv' })} download>CSV</a>
            </p>`
          }
          <${ViewerNote} me=${me} />`
      }
    <//>
    ${order && html`<${JobDialog} me=${me} order=${order} onClose=${() => setOrder(null)} />`}`;
}

function Actions({ me, none, what, onAct }) {
  const off = none || me.role !== 'operator';
  return html`<button disabled=${off} onClick=${() => onAct('try')}>Try ${what}</button>
    <button disabled=${off} onClick=${() => onAct('replay')}>Replay ${what} …</button>
    <button disabled=${off} onClick=${() => onAct('discard')}>Discard ${what} …</button>`;
}

function Nothing({ filtered, more }) {
  if (more) return html`<${Empty}>None fits among those that were looked at so far.<//>`;
  return filtered
    ? html`<${Empty}>None fits. <a href=${to('letters')}>Show all</a><//>`
    : html`<${Empty}>There are none: all that was read was delivered, or is pending.<//>`;
}

function Groups({ groups, filter }) {
  if (!groups || groups.groups.length === 0) return null;
  return html`<${Pane} title="By their trouble">
    <${Table} label="Groups of dead letters" heads=${[number('letters'), 'reason', 'code', number('status'), 'integration']}>
      ${groups.groups.slice(0, 100).map((group) => {
        const { integration, code, status, reason } = group;
        return html`<tr>
          <td class="number">${count(group.letters)}</td>
          <td><a href=${to('letters', { ...filter, integration, code, status, reason })}><${Text} text=${reason ?? 'of many kinds'} long /></a></td>
          <td><${Badge} text=${code} /></td>
          <td class="number">${status ?? '–'}</td>
          <td><${Text} text=${integration} /></td>
        </tr>`;
      })}
    <//>
    ${groups.groups.length > 100 && html`<p class="weak">The largest 100 of ${count(groups.groups.length)} kinds.</p>`}
  <//>`;
}

function List({ page, chosen, onChoose }) {
  const ids = page.letters.map((letter) => letter.id);
  const all = ids.length > 0 && ids.every((id) => chosen.has(id));
  const choose = (some, on) => {
    const next = new Set(chosen);
    some.forEach((id) => (on && next.size < MOST_CHOSEN ? next.add(id) : next.delete(id)));
    onChoose(next);
  };
  return html`<${Table}
    label="Dead letters"
    heads=${[unseen('chosen'), 'id', 'reason', 'code', number('status'), 'integration', 'from', 'dead since']}
  >
    <tr class="all">
      <td>
        <input type="checkbox" aria-label="Choose all of this page" checked=${all} onChange=${(e) => choose(ids, e.target.checked)} />
      </td>
      <td colspan="7" class="weak">all of this page</td>
    </tr>
    ${page.letters.map(
      (letter) => html`<tr key=${letter.id}>
        <td>
          <input
            type="checkbox"
            aria-label=${`Choose letter ${letter.id}`}
            checked=${chosen.has(letter.id)}
            onChange=${(e) => choose([letter.id], e.target.checked)}
          />
        </td>
        <th scope="row"><a href=${to(`letters/${letter.id}`)}>${letter.id}</a></th>
        <td class="cut wide"><${Text} text=${letter.reason} /></td>
        <td><${Badge} text=${letter.code} /></td>
        <td class="number">${letter.status ?? '–'}</td>
        <td><${Text} text=${letter.integration} /></td>
        <td class="cut"><${Text} text=${letter.origin.unit} />, <${Text} text=${letter.origin.position} /></td>
        <td><${Moment} at=${letter.at} /></td>
      </tr>`,
    )}
  <//>`;
}

function Pages({ filter, after, next }) {
  if (!next && !after) return null;
  return html`<nav class="actions" aria-label="Pages of letters">
    ${after && html`<a class="button" href=${to('letters', filter)}>First page</a>`}
    ${next && html`<a class="button" href=${to('letters', { ...filter, after: next })}>Next page</a>`}
  </nav>`;
}
