import { html, render, useCallback, useEffect, useRef, useState } from './preact.js';
import { logout, onLoginNeeded, whoAmI } from './api.js';
import { onAnnouncement } from './announce.js';
import { onOutcome } from './poll.js';
import { to, useRoute } from './route.js';
import { Audit } from './audit.js';
import { Job } from './job.js';
import { Jobs } from './jobs.js';
import { Letter } from './letter.js';
import { Letters } from './letters.js';
import { Login } from './login.js';
import { Overview } from './overview.js';
import { Loading, Moment, Problem, Text } from './parts.js';

const PLACES = [
  ['', 'Overview'],
  ['letters', 'Dead letters'],
  ['jobs', 'Jobs'],
  ['audit', 'Audit'],
];

function View({ me, route }) {
  const [place, id] = route.path;
  if (place === undefined) return html`<${Overview} me=${me} />`;
  if (place === 'letters') return id ? html`<${Letter} me=${me} id=${id} />` : html`<${Letters} me=${me} parameters=${route.parameters} />`;
  if (place === 'jobs') return id ? html`<${Job} key=${id} me=${me} id=${id} />` : html`<${Jobs} />`;
  if (place === 'audit') return html`<${Audit} />`;
  return html`<h1 tabindex="-1">There is no such page</h1><p><a href=${to('')}>Overview</a></p>`;
}

/**
 * Who goes somewhere begins at its heading, with eyes, keys or ears.
 *
 * @param path null before there is anything
 */
function useFocusOnHeading(path) {
  const first = useRef(true);
  useEffect(() => {
    if (path === null) return;
    const heading = document.querySelector('h1');
    document.title = `${heading?.textContent ?? ''} – Vitally Relay`;
    if (first.current) first.current = false;
    else {
      scrollTo(0, 0);
      heading?.focus();
    }
  }, [path]);
}

function App() {
  const route = useRoute();
  const [me, setMe] = useState(undefined);
  const [error, setError] = useState(null);
  const [away, setAway] = useState(null);
  const [said, setSaid] = useState('');
  const ask = useCallback(() => {
    setError(null);
    whoAmI().then(setMe, setError);
  }, []);
  useEffect(() => {
    onLoginNeeded(() => setMe(null));
    onAnnouncement(setSaid);
    ask();
    return onOutcome(setAway);
  }, []);
  useFocusOnHeading(me === undefined ? null : `${me === null} ${route.path.join('/')}`);
  const leave = () => logout().then(() => setMe(null));
  return html`<a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <header class="top">
      <p class="name">Vitally Relay</p>
      ${me && html`<${Places} here=${route.path[0] ?? ''} />`}
      ${me?.login && html`<p class="me"><${Text} text=${me.user} /> (${me.role}) <button class="small" onClick=${leave}>Log out</button></p>`}
    </header>
    ${away && html`<${Away} away=${away} />`}
    <main id="main" tabindex="-1" class=${away ? 'old' : ''}>
      ${error && html`<h1 tabindex="-1">Vitally Relay</h1><${Problem} error=${error} /><button onClick=${ask}>Try again</button>`}
      ${me === undefined && !error && html`<${Loading} />`} ${me === null && html`<${Login} onDone=${ask} />`}
      ${me && html`<${View} me=${me} route=${route} />`}
    </main>
    <p class="unseen" role="status">${said}</p>`;
}

// the hash is where the page is: it must not become that of the content
function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

function Places({ here }) {
  return html`<nav aria-label="Places">
    ${PLACES.map(([path, name]) => html`<a href=${to(path)} aria-current=${here === path ? 'page' : undefined}>${name}</a>`)}
  </nav>`;
}

function Away({ away }) {
  return html`<p class="away" role="alert">
    <${Text} text=${away.problem} />
    ${away.last && html` What you see is from <${Moment} at=${away.last.toISOString()} />. It is asked again every two seconds.`}
  </p>`;
}

render(html`<${App} />`, document.getElementById('page'));
