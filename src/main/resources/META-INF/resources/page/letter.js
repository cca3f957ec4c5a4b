// One letter: what was read, what became of it, what was answered, and what to do.
import { html, useEffect, useRef, useState } from './preact.js';
import { getText } from './api.js';
import { count } from './format.js';
import { fields } from './json.js';
import { to } from './route.js';
import { advice } from './advice.js';
import { Editor } from './editor.js';
import { JobDialog } from './order.js';
import { Badge, Empty, Json, Loading, Moment, Pane, Problem, Raw, Table, Text, ViewerNote, number } from './parts.js';

/** With the texts of its JSON beside it. */
async function load(id) {
  const text = await getText(`dead-letters/${encodeURIComponent(id)}`);
  const { message, record } = fields(text);
  return { letter: JSON.parse(text), message, record };
}

export function Letter({ me, id }) {
  const [data, setData] = useState(null);
  const [error, setError] = useState(null);
  const [order, setOrder] = useState(null);
  const [editing, setEditing] = useState(false);
  const edit = useRef(null);
  useEffect(() => {
    setData(null);
    setError(null);
    setEditing(false);
    load(id).then(setData, setError);
  }, [id]);
  const heading = html`<h1 tabindex="-1">Dead letter <${Text} text=${id} /></h1>`;
  if (!data) return html`${heading}${error ? html`<${Problem} error=${error} /><p><a href=${to('letters')}>All letters</a></p>` : html`<${Loading} />`}`;
  const { letter, message, record } = data;
  const may = me.role === 'operator';
  const leave = () => {
    setEditing(false);
    edit.current.focus();
  };
  const ask = (deed) => setOrder({ deed, selection: { ids: [letter.id] }, selected: 1, words: letter.reason });
  return html`${heading}
    <p class="reason"><${Badge} kind="bad" text=${letter.code} /> <${Text} text=${letter.reason} long /></p>
    <p>${advice(letter)}</p>
    <div class="actions">
      <button ref=${edit} class="primary" disabled=${!may} aria-expanded=${editing} onClick=${() => setEditing(!editing)}>Edit …</button>
      <button disabled=${!may} onClick=${() => ask('try')}>Try ${message ? 'as it is' : 'mapped again'}</button>
      <button disabled=${!may} onClick=${() => ask('replay')}>Replay ${message ? 'as it is' : 'mapped again'} …</button>
      <button disabled=${!may} onClick=${() => ask('discard')}>Discard …</button>
      <a href=${to('letters', { integration: letter.integration, code: letter.code })}>Others like it</a>
    </div>
    <${ViewerNote} me=${me} />
    ${editing && html`<${Editor} me=${me} letter=${letter} message=${message} record=${record} onClose=${leave} />`}
    <div class="sides">
      <${RecordPane} letter=${letter} record=${record} />
      <${MessagePane} letter=${letter} message=${message} />
      <${AnswerPane} letter=${letter} />
    </div>
    <${History} history=${letter.history ?? []} />
    ${order && html`<${JobDialog} me=${me} order=${order} onClose=${() => setOrder(null)} />`}`;
}

function RecordPane({ letter, record }) {
  return html`<${Pane} title="Record">
    <dl class="pairs">
      <dt>integration</dt>
      <dd><${Text} text=${letter.integration} long /></dd>
      <dt>unit</dt>
      <dd><${Text} text=${letter.origin.unit} long /></dd>
      <dt>position</dt>
      <dd><${Text} text=${letter.origin.position} long /></dd>
    </dl>
    ${letter.cut && html`<p class="notice warn">A part of it is missing.</p>`}
    ${record && html`<${Json} json=${record} label="Record" />`}
    ${letter.raw !== undefined && html`<p class="weak">What was read, which is no record:</p><${Raw} text=${letter.raw} label="What was read" />`}
    ${!record && letter.raw === undefined && html`<${Empty}>It became a message, and is kept as that alone.<//>`}
  <//>`;
}

function MessagePane({ letter, message }) {
  return html`<${Pane} title="Message">
    ${
      message
        ? html`<dl class="pairs">
              <dt>type</dt>
              <dd><${Text} text=${letter.type} /></dd>
              <dt>entity</dt>
              <dd><${Text} text=${letter.entity} long /></dd>
              <dt>messageId</dt>
              <dd><${Text} text=${letter.messageId} long /></dd>
            </dl>
            <${Json} json=${message} label="Message" />`
        : html`<${Empty}>It became none. Try it, to see what it would become now.<//>`
    }
  <//>`;
}

function AnswerPane({ letter }) {
  return html`<${Pane} title="Endpoint’s answer">
    <dl class="pairs">
      <dt>status</dt>
      <dd>${letter.status ?? '–'}</dd>
      <dt>attempts</dt>
      <dd>${count(letter.attempts)}</dd>
      <dt>first sent</dt>
      <dd><${Moment} at=${letter.firstSent} /></dd>
      <dt>dead since</dt>
      <dd><${Moment} at=${letter.at} /></dd>
    </dl>
    ${letter.answer ? html`<${Raw} text=${letter.answer} label="Answer" />` : html`<${Empty}>${letter.attempts ? 'It answered nothing.' : 'It was never sent.'}<//>`}
  <//>`;
}

function History({ history }) {
  if (history.length === 0) return null;
  return html`<${Pane} title="What it was before it was replayed">
    <${Table} label="History" heads=${['at', 'code', number('status'), 'reason']}>
      ${history.map(
        (past) => html`<tr>
          <td><${Moment} at=${past.at} /></td>
          <td><${Badge} text=${past.code} /></td>
          <td class="number">${past.status ?? '–'}</td>
          <td><${Text} text=${past.reason} long /></td>
        </tr>`,
      )}
    <//>
  <//>`;
}
