/** Ways in: password, passkey, an invitation, a recovery code. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { text } from '../localization';
import { Act } from '../parts/act';
import { ConsoleElement, field, formOf } from '../parts/element';
import { call, tell } from '../platform/client';
import { hasPasskeys, PasskeyRefused, signInWithPasskey } from '../platform/passkeys';
import { invitationAcceptedSchema, meSchema } from '../platform/schemas';
import { session } from '../session';

type Way = 'password' | 'sign-up' | 'recover';

@customElement('console-sign-in')
export class SignInElement extends ConsoleElement {
  static override styles = [
    ...ConsoleElement.styles,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100%;
        padding: 24px 0;
      }
      .card {
        width: min(400px, 100%);
        padding: 24px;
        gap: 16px;
      }
      img {
        width: 48px;
        height: 48px;
      }
      .primary,
      .secondary {
        width: 100%;
      }
    `,
  ];

  /** The session ended while something was open. */
  @property({ type: Boolean }) again = false;
  @state() private way: Way = 'password';
  @state() private notice = '';
  readonly #act = new Act(this);

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    const titles = {
      password: this.again ? 'sign-in.again' : 'sign-in',
      'sign-up': 'sign-up',
      recover: 'recover',
    } as const;
    return html`<div class="card">
      <img src="/icons/mezze.svg" alt="" />
      <h1>${text(titles[this.way])}</h1>
      ${this.again ? html`<p class="muted">${text('sign-in.again.advice')}</p>` : nothing}
      ${this.notice === '' ? nothing : html`<div class="note good" role="status">${this.notice}</div>`}
      ${this.way === 'password' ? this.#password() : this.way === 'sign-up' ? this.#signUp() : this.#recover()}
      ${this.again ? nothing : this.#others()}
    </div>`;
  }

  #password(): TemplateResult {
    const passkey = hasPasskeys()
      ? html`<button class="secondary" type="button" @click=${this.#withPasskey}>${text('sign-in.passkey')}</button>`
      : nothing;
    const demo =
      session.facts?.demo === true
        ? html`<button class="secondary" type="button" @click=${() => void this.#enter({ demo: true })}>
            ${text('sign-in.demo')}
          </button>`
        : nothing;
    return html`<form @submit=${this.#withPassword}>
      <label class="field">${text('sign-in.login')}<input name="login" autocomplete="username webauthn" required /></label>
      <label class="field"
        >${text('sign-in.password')}<input name="password" type="password" autocomplete="current-password" required
      /></label>
      ${this.#act.note()}
      <button class="primary" aria-disabled=${this.#act.busy}>${text('sign-in.submit')}</button>
      ${passkey} ${demo}
    </form>`;
  }

  #signUp(): TemplateResult {
    return html`<form @submit=${this.#makeAccount}>
      <label class="field"
        >${text('sign-up.code')}<input name="code" autocomplete="off" aria-describedby="code-advice"
      /></label>
      <p class="advice" id="code-advice">${text('sign-up.code.advice')}</p>
      <label class="field">${text('sign-in.login')}<input name="login" autocomplete="username" required /></label>
      <label class="field">${text('sign-up.name')}<input name="name" autocomplete="name" required /></label>
      <label class="field"
        >${text('sign-in.password')}<input name="password" type="password" autocomplete="new-password" required
      /></label>
      ${this.#act.note()}
      <button class="primary" aria-disabled=${this.#act.busy}>${text('sign-up.submit')}</button>
    </form>`;
  }

  #recover(): TemplateResult {
    return html`<form @submit=${this.#withCode}>
      <label class="field">${text('sign-in.login')}<input name="login" autocomplete="username" required /></label>
      <label class="field">${text('recover.code')}<input name="code" autocomplete="off" required /></label>
      <label class="field"
        >${text('recover.password')}<input name="password" type="password" autocomplete="new-password" required
      /></label>
      ${this.#act.note()}
      <button class="primary" aria-disabled=${this.#act.busy}>${text('recover.submit')}</button>
    </form>`;
  }

  #others(): TemplateResult {
    const names = { password: 'sign-in.have-account', 'sign-up': 'sign-up', recover: 'recover' } as const;
    const ways: Way[] = ['password', 'sign-up', 'recover'];
    const take = (way: Way) => {
      this.way = way;
      this.notice = '';
      this.#act.problem = undefined;
    };
    return html`<div class="actions">
      ${ways
        .filter((way) => way !== this.way)
        .map((way) => html`<button class="quiet" @click=${() => take(way)}>${text(names[way])}</button>`)}
    </div>`;
  }

  async #enter(credentials: { demo: true } | { user: string; password: string }): Promise<void> {
    await this.#act.run(async () => {
      await call('POST', '/api/v1/session', meSchema, { body: credentials });
      await session.entered();
    });
  }

  readonly #withPassword = (event: SubmitEvent) => {
    const form = formOf(event);
    const password = String(new FormData(form).get('password') ?? '');
    void this.#enter({ user: field(form, 'login'), password });
  };

  readonly #withPasskey = async () => {
    this.notice = '';
    try {
      await this.#act.run(async () => {
        await signInWithPasskey();
        await session.entered();
      });
    } catch (failure) {
      if (!(failure instanceof PasskeyRefused)) throw failure;
      this.notice = `${text('passkey.refused')}. ${text('passkey.refused.advice')}`;
    }
  };

  readonly #makeAccount = async (event: SubmitEvent) => {
    const form = formOf(event);
    const code = field(form, 'code');
    const account = {
      login: field(form, 'login'),
      name: field(form, 'name'),
      password: String(new FormData(form).get('password') ?? ''),
      ...(code === '' ? {} : { invitation: code }),
    };
    await this.#act.run(async () => {
      await call('POST', '/api/v1/accounts', meSchema, { body: account });
      if (code !== '') await call('POST', '/api/v1/invitations/accept', invitationAcceptedSchema, { body: { code } });
      await session.entered();
    });
  };

  readonly #withCode = async (event: SubmitEvent) => {
    const form = formOf(event);
    const body = {
      login: field(form, 'login'),
      code: field(form, 'code'),
      password: String(new FormData(form).get('password') ?? ''),
    };
    const done = await this.#act.run(async () => {
      await tell('POST', '/api/v1/accounts/recovery', { body });
      return true;
    });
    if (done !== true) return;
    this.way = 'password';
    this.notice = text('recover.done');
  };
}
