// What all views are made of.
import { html, useEffect, useRef } from './preact.js';
import { moment, shown } from './format.js';
import { pretty } from './json.js';

export function Pane({ title, actions, children }) {
  return html`<section class="pane">
    <header class="bar">
      <h2>${title}</h2>
      ${actions && html`<div class="actions">${actions}</div>`}
    </header>
    ${children}
  </section>`;
}

/** Scrolls by itself where it is too wide, also by keys. */
export function Table({ label, heads, children }) {
  return html`<div class="scroll" role="region" aria-label=${label} tabindex="0">
    <table>
      <thead>
        <tr>
          ${heads.map(
            (head) => html`<th scope="col" class=${head.number ? 'number' : ''}>
              ${head.unseen ? html`<span class="unseen">${head.text}</span>` : (head.text ?? head)}
            </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${children}
      </tbody>
    </table>
  </div>`;
}

/** The head of a column of figures. */
export const number = (text) => ({ text, number: true });
/** The head of a column that says by itself what it is. */
export const unseen = (text) => ({ text, unseen: true });

/** A text from elsewhere: its direction ends with it. */
export function Text({ text, long }) {
  return html`<bdi class=${long ? 'long' : ''}>${shown(text ?? '')}</bdi>`;
}

export function Moment({ at }) {
  return at ? html`<time datetime=${at} title=${at}>${moment(at)}</time>` : html`<span class="weak">–</span>`;
}

export function Badge({ kind, text }) {
  return html`<span class=${`badge ${kind}`}>${text}</span>`;
}

export function Empty({ children }) {
  return html`<p class="empty">${children}</p>`;
}

/** What went wrong, said at once. */
export function Problem({ error }) {
  return error ? html`<p class="notice bad" role="alert"><${Text} text=${error.message} long /></p>` : null;
}

/** @param json a text that is JSON */
export function Json({ json, label }) {
  return html`<pre tabindex="0" role="region" aria-label=${label}>${pretty(json)}</pre>`;
}

export function Raw({ text, label }) {
  return html`<pre tabindex="0" role="region" aria-label=${label}>${shown(text)}</pre>`;
}

export function Loading() {
  return html`<p class="weak">Loading …</p>`;
}

/** What a viewer is told where there is something to do. */
export function ViewerNote({ me }) {
  return me.role === 'operator' ? null : html`<p class="notice">You may look, and change nothing: that takes an operator.</p>`;
}

/** Open while it is there. Escape closes it, and the focus goes back to where it was. */
export function Dialog({ title, onClose, children }) {
  const dialog = useRef(null);
  useEffect(() => {
    const opened = dialog.current;
    opened.showModal();
    // gives the focus back, which a dialog that is only taken away does not
    return () => opened.close();
  }, []);
  return html`<dialog ref=${dialog} aria-labelledby="dialog-title" onClose=${onClose}>
    <h2 id="dialog-title">${title}</h2>
    ${children}
  </dialog>`;
}

/** A label with its field, a hint below it. */
export function Field({ label, hint, children }) {
  return html`<label class="field">
    <span>${label}</span>
    ${children} ${hint && html`<small>${hint}</small>`}
  </label>`;
}
