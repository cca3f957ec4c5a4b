// What keeps the service from being ready. A service that is well says nothing here.
import { html } from './preact.js';
import { Text } from './parts.js';

export function Health({ checks }) {
  const down = (checks?.checks ?? []).filter((check) => check.status === 'DOWN');
  if (down.length === 0) return null;
  return html`<section class="notice bad" aria-label="Health">
    ${down.map(
      (check) => html`<p>
        <strong><${Text} text=${check.name} /> is down.</strong>
        ${Object.entries(check.data ?? {})
          .filter(([, value]) => typeof value === 'string')
          .map(([name, value]) => html` <${Text} text=${`${name}: ${value}.`} long />`)}
      </p>`,
    )}
  </section>`;
}
