// A replay, a try of one, or a discard is ordered, and then watched as a job.
import { html } from './preact.js';
import { post } from './api.js';
import { letters } from './format.js';
import { to } from './route.js';
import { CommandDialog } from './commands.js';
import { Text } from './parts.js';

// what the jobs of this visit were ordered with, so that one that was tried can be replayed
const orders = new Map();

export function orderOf(job) {
  return orders.get(job);
}

/** Orders it, and shows the job. */
export async function send(deed, selection, { reason, by }) {
  const job =
    deed === 'discard'
      ? await post('dead-letters/discard', {}, { ...selection, why: reason, by })
      : await post('dead-letters/replay', {}, { ...selection, dryRun: deed === 'try', by });
  orders.set(job.id, selection);
  location.hash = to(`jobs/${job.id}`);
}

const VERBS = { try: 'Try', replay: 'Replay', discard: 'Discard' };
const TOLD = {
  try: 'Nothing is changed. It is told how many would pass, and what the first would become.',
  replay:
    'Records go through the mapping that their integration has now, messages go as they are, under their messageIds. ' +
    'What would be a dead letter again stays one.',
  discard: 'They are given up, and counted as discarded. That cannot be undone.',
};

/** @param order deed, selection, selected: how many, where that is known, words: which */
export function JobDialog({ me, order, onClose }) {
  const { deed, selection, selected, words } = order;
  return html`<${CommandDialog}
    me=${me}
    title=${`${VERBS[deed]} ${selected === undefined ? 'all letters that fit' : letters(selected)}`}
    verb=${VERBS[deed]}
    danger=${deed === 'discard'}
    reason=${deed === 'discard' ? 'Why they are discarded' : null}
    reasonNeeded
    act=${(said) => send(deed, selection, said)}
    onClose=${onClose}
  >
    ${words && html`<p><${Text} text=${words} long /></p>`}
    <p>${TOLD[deed]}</p>
  <//>`;
}
