// Which letters are meant. It stands in the address of the page, so that it can be kept and sent to others.
import { html, useEffect, useRef, useState } from './preact.js';
import { to } from './route.js';
import { Field } from './parts.js';

export const CODES = ['contract', 'mapping', 'malformed', 'too-large', 'refused', 'expired', 'unknown'];
const TYPES = ['organization', 'account', 'user', 'track', 'customobjectinstance', 'unlink'];
const NAMES = ['integration', 'code', 'reason', 'text', 'unit', 'status', 'type', 'entity', 'messageId', 'since', 'until'];
const SELDOM = ['unit', 'status', 'type', 'entity', 'messageId', 'since', 'until'];

/** The filter in the parameters of an address. */
export function filterOf(parameters) {
  return Object.fromEntries(NAMES.filter((name) => parameters[name]).map((name) => [name, parameters[name]]));
}

/** Whether the service can tell groups without reading all letters. */
export function hasGroups(filter) {
  return !['text', 'unit', 'type', 'entity', 'messageId'].some((name) => filter[name]);
}

/** As the body of a job has it. */
export function jobFilter(filter) {
  return filter.status && /^\d+$/.test(filter.status) ? { ...filter, status: Number(filter.status) } : filter;
}

/** In words; all letters where it is empty. */
export function inWords(filter) {
  return Object.entries(filter)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

export function FilterForm({ filter, integrations }) {
  const form = useRef(null);
  const [open, setOpen] = useState(SELDOM.some((name) => filter[name]));
  // what the address says, also after going back
  useEffect(() => {
    NAMES.forEach((name) => (form.current.elements[name].value = filter[name] ?? ''));
    if (SELDOM.some((name) => filter[name])) setOpen(true);
  }, [JSON.stringify(filter), integrations.join()]);
  const submit = (event) => {
    event.preventDefault();
    location.hash = to(
      'letters',
      Object.fromEntries([...new FormData(form.current)].map(([name, value]) => [name, name === 'text' || name === 'reason' ? value : value.trim()])),
    );
  };
  return html`<form class="filters" role="search" aria-label="Dead letters" ref=${form} onSubmit=${submit}>
    <${Choice} label="Integration" name="integration" values=${integrations} />
    <${Choice} label="Code" name="code" values=${CODES} />
    <${Field} label="Reason has"><input name="reason" maxlength="1000" /><//>
    <${Field} label="Anywhere (slow for many)"><input name="text" maxlength="1000" /><//>
    <details open=${open} onToggle=${(e) => setOpen(e.target.open)}>
      <summary>More</summary>
      <div class="filters">
        <${Field} label="Unit"><input name="unit" maxlength="1000" /><//>
        <${Field} label="Status"><input name="status" inputmode="numeric" pattern="[0-9]{1,3}" /><//>
        <${Choice} label="Type" name="type" values=${TYPES} />
        <${Field} label="Entity" hint="user:u1"><input name="entity" maxlength="1000" /><//>
        <${Field} label="messageId"><input name="messageId" maxlength="1000" /><//>
        <${Field} label="Since" hint="2026-01-31T00:00:00Z"><input name="since" maxlength="40" /><//>
        <${Field} label="Until" hint="2026-01-31T00:00:00Z"><input name="until" maxlength="40" /><//>
      </div>
    </details>
    <div class="actions">
      <button type="submit" class="primary">Show</button>
      <a class="button" href=${to('letters')}>Clear</a>
    </div>
  </form>`;
}

function Choice({ label, name, values }) {
  return html`<${Field} label=${label}>
    <select name=${name}>
      <option value="">any</option>
      ${values.map((value) => html`<option value=${value}>${value}</option>`)}
    </select>
  <//>`;
}
