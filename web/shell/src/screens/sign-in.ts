/** The first thing that a new user sees where there is no demo: who they are. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { text } from '../localization';
import { PlatformProblem } from '../platform/problem';
import type { Session } from '../session';
import { controls, MezzeElement } from './base';

@customElement('mezze-sign-in')
export class SignInElement extends MezzeElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        place-items: center;
        height: 100%;
        padding: 24px;
        overflow: auto;
      }
      form {
        width: min(360px, 100%);
        display: grid;
        gap: 16px;
      }
      img {
        width: 64px;
        height: 64px;
      }
      h1 {
        font-size: var(--text-28);
        line-height: 1.2;
      }
      label {
        display: grid;
        gap: 6px;
        font-size: var(--text-13);
        color: var(--muted);
      }
      input {
        min-height: 48px;
        padding: 0 14px;
        border: 1px solid var(--line);
        border-radius: var(--corner-control);
        background: var(--card);
        color: var(--ink);
        font-size: 1rem;
      }
      .wrong {
        color: var(--sumac);
      }
    `,
  ];

  @property({ attribute: false }) session!: Session;
  @state() private problem = '';
  @state() private busy = false;

  protected override render(): TemplateResult {
    return html`<form @submit=${this.#submit}>
      <img src="/icons/mezze.svg" alt="" />
      <h1>${text('sign-in.title')}</h1>
      <p class="muted">${text('app.tagline')}</p>
      <label>${text('sign-in.user')}<input name="user" autocomplete="username" required autofocus /></label>
      <label
        >${text('sign-in.password')}<input name="password" type="password" autocomplete="current-password" required
      /></label>
      ${this.problem === '' ? nothing : html`<p class="wrong" role="alert">${this.problem}</p>`}
      <button class="primary" ?disabled=${this.busy}>${text('sign-in.submit')}</button>
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    this.busy = true;
    this.problem = '';
    try {
      await this.session.signIn({ user: String(form.get('user')), password: String(form.get('password')) });
    } catch (failure) {
      const refused = failure instanceof PlatformProblem && !failure.unreachable;
      this.problem = refused ? text('sign-in.wrong') : text('sign-in.unreachable');
    } finally {
      this.busy = false;
    }
  };
}
