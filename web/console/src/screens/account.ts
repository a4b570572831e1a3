/** One's own account: tokens, passkeys, sessions, password, recovery codes. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { array, object, string } from 'valibot';
import { text } from '../localization';
import { Act } from '../parts/act';
import { ConsoleElement, formOf } from '../parts/element';
import { call, tell } from '../platform/client';
import { session } from '../session';
import './account/passkeys';
import './account/sessions';
import './account/tokens';
import '../parts/secret';

@customElement('console-account')
export class AccountElement extends ConsoleElement {
  @state() private changed = false;
  @state() private codes: string[] = [];
  readonly #password = new Act(this);
  readonly #codes = new Act(this);

  protected override render(): TemplateResult {
    const { me } = session;
    return html`<div class="stack">
      <h1>${text('account.title')}</h1>
      <p class="muted">${text('account.signed-in-as', { name: me?.name ?? '', login: me?.login ?? '' })}</p>
      <console-tokens></console-tokens>
      <console-passkeys></console-passkeys>
      <console-sessions></console-sessions>
      <section class="card">
        <h2>${text('password.title')}</h2>
        <form class="line" @submit=${this.#change}>
          <input name="username" autocomplete="username" value=${me?.login ?? ''} hidden />
          <label class="field"
            >${text('password.current')}<input name="current" type="password" autocomplete="current-password"
          /></label>
          <label class="field"
            >${text('password.next')}<input name="next" type="password" autocomplete="new-password" required
          /></label>
          <button class="secondary" aria-disabled=${this.#password.busy}>${text('password.submit')}</button>
        </form>
        ${this.#password.note()}
        ${this.changed ? html`<div class="note good" role="status">${text('saved')}</div>` : nothing}
      </section>
      <section class="card">
        <h2>${text('codes.title')}</h2>
        <p class="advice">${text('codes.advice')}</p>
        <button class="secondary" aria-disabled=${this.#codes.busy} @click=${this.#makeCodes}>${text('codes.make')}</button>
        ${this.#codes.note()}
        ${
          this.codes.length === 0
            ? nothing
            : html`<console-secret caption=${text('codes.made')} value=${this.codes.join('\n')}></console-secret>`
        }
      </section>
    </div>`;
  }

  readonly #change = async (event: SubmitEvent) => {
    const form = formOf(event);
    const given = new FormData(form);
    const body = { current: String(given.get('current') ?? ''), next: String(given.get('next') ?? '') };
    const done = await this.#password.run(() => tell('PUT', '/api/v1/me/password', { body }).then(() => true));
    this.changed = done === true;
    if (this.changed) form.reset();
  };

  readonly #makeCodes = async () => {
    const schema = object({ codes: array(string()) });
    const made = await this.#codes.run(() => call('POST', '/api/v1/me/recovery-codes', schema));
    if (made !== undefined) this.codes = made.codes;
  };
}
