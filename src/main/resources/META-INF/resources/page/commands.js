// The dialogs in which an operator says what is to be done, and why.
import { html, useState } from './preact.js';
import { post } from './api.js';
import { Dialog, Field, Problem } from './parts.js';

const NAME = 'relay.by';

/** The name that was given last; where people log in, their own is taken instead. */
export function lastName() {
  try {
    return localStorage.getItem(NAME) ?? '';
  } catch {
    return '';
  }
}

function keepName(name) {
  try {
    localStorage.setItem(NAME, name);
  } catch {
    // it is asked for again
  }
}

/**
 * @param title what is done
 * @param verb on the button
 * @param reason the label of the reason; absent where there is none
 * @param reasonNeeded whether it must be given
 * @param act does it, with { reason, by }
 */
export function CommandDialog({ me, title, verb, danger, reason, reasonNeeded, act, onClose, children }) {
  const [why, setWhy] = useState('');
  const [by, setBy] = useState(lastName());
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      if (!me.login) keepName(by);
      await act({ reason: why.trim(), by: me.login || !by.trim() ? undefined : by.trim() });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <form onSubmit=${submit}>
      ${children}
      ${
        reason &&
        html`<${Field} label=${reason}>
          <input name="reason" maxlength="1000" required=${reasonNeeded} value=${why} onInput=${(e) => setWhy(e.target.value)} />
        <//>`
      }
      ${
        !me.login &&
        html`<${Field} label="Your name" hint="For the audit, as nobody logs in here. It may stay empty.">
          <input name="by" maxlength="100" autocomplete="username" value=${by} onInput=${(e) => setBy(e.target.value)} />
        <//>`
      }
      <${Problem} error=${error} />
      <div class="actions">
        <button type="submit" class=${danger ? 'danger' : 'primary'} disabled=${busy}>${verb}</button>
        <button type="button" onClick=${onClose}>Cancel</button>
      </div>
    </form>
  <//>`;
}

export function HoldDialog({ me, integration, onDone, onClose }) {
  const act = async ({ reason, by }) => {
    await post('lanes/hold', { integration, reason, by });
    onDone(integration ? `${integration} is held.` : 'All lanes are held.');
  };
  return html`<${CommandDialog}
    me=${me}
    title=${integration ? `Hold ${integration}` : 'Hold all lanes'}
    verb="Hold"
    reason="Reason"
    act=${act}
    onClose=${onClose}
  >
    <p>${
      integration
        ? 'Its messages are not sent until they are released. The others go on.'
        : 'Nothing is sent until the lanes are released. Sources go on into the spool.'
    }</p>
  <//>`;
}

/** @param integration the one whose hold ends; absent: all holds */
export function ReleaseDialog({ me, integration, onDone, onClose }) {
  const act = async ({ by }) => {
    await post('lanes/release', { integration, by });
    onDone(integration ? `${integration} is released.` : 'All holds are released.');
  };
  return html`<${CommandDialog}
    me=${me}
    title=${integration ? `Release ${integration}` : 'Release all holds'}
    verb="Release"
    act=${act}
    onClose=${onClose}
  >
    <p>Sending goes on. What is still wrong holds it again.</p>
  <//>`;
}
