// A letter is mended by hand: the service checks it before it is taken, and the letter as it was stays in the audit.
import { html, useEffect, useRef, useState } from './preact.js';
import { post } from './api.js';
import { pretty, problem } from './json.js';
import { to } from './route.js';
import { lastName } from './commands.js';
import { Field, Pane, Problem } from './parts.js';

export function Editor({ me, letter, message, record, onClose }) {
  const kind = message ? 'message' : 'record';
  const field = useRef(null);
  const [text, setText] = useState(pretty(message ?? record ?? '{}'));
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => field.current.focus(), []);
  const submit = async (event) => {
    event.preventDefault();
    const wrong = problem(text);
    setError(wrong && new Error(wrong));
    if (wrong) return;
    setBusy(true);
    try {
      const by = me.login || !lastName() ? '' : `"by":${JSON.stringify(lastName())},`;
      // as it stands, so that its numbers keep their digits
      const job = await post('dead-letters/replay', {}, `{"ids":["${letter.id}"],${by}"${kind}":${text}}`);
      location.hash = to(`jobs/${job.id}`);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return html`<${Pane} title=${message ? 'Edit the message' : 'Edit the record'}>
    <form class="editor" onSubmit=${submit} onKeyDown=${(e) => e.key === 'Escape' && onClose()}>
      <${Field} label=${message ? 'The message as JSON; it keeps its messageId' : 'The record as JSON, as its mapping is to see it'}>
        <textarea
          ref=${field}
          name=${kind}
          rows="14"
          spellcheck="false"
          autocapitalize="off"
          aria-invalid=${Boolean(error)}
          value=${text}
          onInput=${(e) => setText(e.target.value)}
        ></textarea>
      <//>
      <${Problem} error=${error} />
      <div class="actions">
        <button type="submit" class="primary" disabled=${busy}>Replay edited</button>
        <button type="button" onClick=${onClose}>Cancel</button>
      </div>
    </form>
  <//>`;
}
