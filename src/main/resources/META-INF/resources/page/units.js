import { html } from './preact.js';
import { count, duration } from './format.js';
import { Empty, number, Pane, Table, Text } from './parts.js';

/** Units that are being read; how far, where that is known. */
export function Units({ units, more }) {
  return html`<${Pane} title="Being read">
    ${
      units.length === 0
        ? html`<${Empty}>Nothing is being read at this moment. Files are taken from <code>inbox</code> in the data folder.<//>`
        : html`<${Table} label="Units that are being read" heads=${['integration', 'unit', 'progress', number('read'), number('pending')]}>
            ${units.map(
              (unit) => html`<tr key=${`${unit.integration} ${unit.unit}`}>
                <th scope="row"><${Text} text=${unit.integration} /></th>
                <td><${Text} text=${unit.unit} long /></td>
                <td><${Progress} progress=${unit.progress} unit=${unit.unit} /></td>
                <td class="number">${count(unit.read)}</td>
                <td class="number">${count(unit.pending)}</td>
              </tr>`,
            )}
          <//>`
    }
    ${more && html`<p class="weak">And more than these.</p>`}
  <//>`;
}

function Progress({ progress, unit }) {
  if (!progress) return html`<span class="weak">–</span>`;
  const percent = progress.percent.toFixed(1);
  return html`<progress max="100" value=${progress.percent} aria-label=${`Progress of ${unit}`}></progress>
    ${' '}${percent} %${typeof progress.secondsLeft === 'number' && `, ${duration(progress.secondsLeft)} left`}`;
}
