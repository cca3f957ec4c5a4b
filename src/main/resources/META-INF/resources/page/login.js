import { html, useState } from './preact.js';
import { login } from './api.js';
import { Field, Problem } from './parts.js';

export function Login({ onDone }) {
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      await login(form.get('user'), form.get('password'));
      onDone();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return html`<h1 tabindex="-1">Log in</h1>
    <form class="login pane" onSubmit=${submit}>
      <${Field} label="User"><input name="user" autocomplete="username" autocapitalize="off" required /><//>
      <${Field} label="Password"><input name="password" type="password" autocomplete="current-password" required /><//>
      <${Problem} error=${error} />
      <div class="actions"><button type="submit" class="primary" disabled=${busy}>Log in</button></div>
      <p class="weak">Users are made by <code>./relay user add</code>.</p>
    </form>`;
}
