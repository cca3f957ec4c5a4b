import { html, useState } from './preact.js';
import { get, health } from './api.js';
import { announce } from './announce.js';
import { usePoll } from './poll.js';
import { HoldDialog, ReleaseDialog } from './commands.js';
import { Loading, Problem, ViewerNote } from './parts.js';
import { Funnel } from './funnel.js';
import { Holds } from './holds.js';
import { Health } from './health.js';
import { Integrations } from './integrations.js';
import { Units } from './units.js';
import { Gate } from './gate.js';
import { Batches } from './batches.js';
import { Tap } from './tap.js';

async function load() {
  const [ledger, integrations, lanes, batches, tap, checks] = await Promise.all([
    get('ledger', { state: 'reading', limit: 20 }),
    get('integrations'),
    get('lanes'),
    get('batches', { limit: 10 }),
    get('tap', { limit: 10 }),
    health(),
  ]);
  return { at: performance.now(), ledger, integrations, lanes, batches, tap, checks };
}

export function Overview({ me }) {
  const { data, error, again } = usePoll(load, []);
  const [command, setCommand] = useState(null);
  const close = () => setCommand(null);
  const done = (text) => {
    close();
    announce(text);
    again();
  };
  const may = me.role === 'operator';
  return html`<h1 tabindex="-1">Overview</h1>
    <${Problem} error=${error} />
    ${!data && !error && html`<${Loading} />`}
    ${
      data &&
      html`<${Holds} lanes=${data.lanes} may=${may} onCommand=${setCommand} />
        <${Health} checks=${data.checks} />
        <${Funnel} ledger=${data.ledger} at=${data.at} />
        <${Integrations} integrations=${data.integrations.integrations} holds=${data.lanes.holds} may=${may} onCommand=${setCommand} />
        <${Units} units=${data.ledger.units} more=${Boolean(data.ledger.next)} />
        <${Gate} lanes=${data.lanes} may=${may} onCommand=${setCommand} />
        <${Batches} batches=${data.batches.batches} />
        <${Tap} tap=${data.tap} />
        <${ViewerNote} me=${me} />`
    }
    ${command?.hold && html`<${HoldDialog} me=${me} integration=${command.integration} onDone=${done} onClose=${close} />`}
    ${command?.release && html`<${ReleaseDialog} me=${me} integration=${command.integration} onDone=${done} onClose=${close} />`}`;
}
