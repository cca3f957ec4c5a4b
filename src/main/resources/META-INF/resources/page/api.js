// All requests to the service. Addresses are relative, so that a proxy may serve the page below a path.

/** An answer that is no success, or none: then the status is 0. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

let csrf = null;
let loginNeeded = () => {};

/** What is done when the service asks for a login. */
export function onLoginNeeded(listener) {
  loginNeeded = listener;
}

/** Who uses the page; null where a login is needed. */
export async function whoAmI() {
  try {
    const me = await get('me');
    csrf = me.csrf;
    return me;
  } catch (error) {
    if (error.status === 401) return null;
    throw error;
  }
}

/** The address of something with these parameters; those without a value are left out. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams(
    Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ).toString();
  return `api/${path}${query ? `?${query}` : ''}`;
}

/** The JSON of an answer. */
export async function get(path, parameters) {
  return JSON.parse(await getText(path, parameters));
}

/** As {@link get}, but as text: numbers keep all their digits. */
export async function getText(path, parameters) {
  return (await request(address(path, parameters), { headers: { Accept: 'application/json' } })).text();
}

/** The checks of the service's health, which is JSON also where it is DOWN; null where another port has it. */
export async function health() {
  const answer = await reach('q/health/ready', {});
  return answer.status === 200 || answer.status === 503 ? answer.json() : null;
}

/** Posts JSON, a text that is JSON, or nothing. */
export async function post(path, parameters, body) {
  const headers = { 'Content-Type': 'application/json' };
  if (csrf) headers['X-CSRF-Token'] = csrf;
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
  return (await request(address(path, parameters), { method: 'POST', headers, body: text })).json();
}

export async function login(user, password) {
  const answer = await reach('api/login', { method: 'POST', body: new URLSearchParams({ user, password }) });
  if (!answer.ok) throw new ApiError(answer.status, await problem(answer));
}

export async function logout() {
  await reach('api/logout', { method: 'POST', headers: csrf ? { 'X-CSRF-Token': csrf } : {} });
  csrf = null;
}

async function request(url, options) {
  const answer = await reach(url, options);
  if (answer.ok) return answer;
  if (answer.status === 401) loginNeeded();
  throw new ApiError(answer.status, await problem(answer));
}

async function reach(url, options) {
  try {
    return await fetch(url, { credentials: 'same-origin', cache: 'no-store', ...options });
  } catch {
    throw new ApiError(0, 'The service cannot be reached.');
  }
}

async function problem(answer) {
  try {
    return (await answer.json()).error ?? `The service answers ${answer.status}.`;
  } catch {
    return `The service answers ${answer.status}.`;
  }
}
