/** The user's own sheet: who is signed in, language, signing out. */
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Apps } from '../apps';
import { locale, setLocale, text } from '../localization';
import '../permission/mark-element';
import '../permission/overview-element';
import '../reports/own-reports';
import type { Session } from '../session';
import { controls, MezzeElement } from './base';
import { icon } from './icon';
import { rowStyles } from './rows';

@customElement('mezze-account-sheet')
export class AccountSheet extends MezzeElement {
  static override styles = [
    controls,
    rowStyles,
    css`
      dialog {
        width: min(420px, calc(100vw - 32px));
        margin: auto;
        padding: 20px;
        border: 0;
        border-radius: var(--corner-card);
        background: var(--card);
        color: var(--ink);
        box-shadow: var(--shadow);
      }
      dialog::backdrop {
        background: var(--veil);
      }
      h2 {
        font-size: var(--text-20);
      }
      .choices {
        display: flex;
        border: 1px solid var(--line);
        border-radius: var(--corner-pill);
        overflow: hidden;
      }
      .choices button {
        min-height: 36px;
        padding: 0 14px;
        font-size: var(--text-13);
      }
      .choices button[aria-pressed='true'] {
        background: var(--olive);
        color: var(--on-olive);
        font-weight: 600;
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        margin-bottom: 12px;
      }
      .close {
        display: grid;
        place-items: center;
        width: var(--touch);
        height: var(--touch);
        margin: -8px;
      }
    `,
  ];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) apps: Apps | undefined;

  open(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  protected override willUpdate(): void {
    this.observe(this.session);
  }

  protected override render(): TemplateResult {
    const close = () => this.renderRoot.querySelector('dialog')?.close();
    const language = (tag: 'en' | 'zh', label: string) =>
      html`<button aria-pressed=${locale() === tag} lang=${tag === 'zh' ? 'zh-Hans' : 'en'} @click=${() => void setLocale(tag)}>
        ${label}
      </button>`;
    const onVeil = (event: Event) => {
      if (event.target === event.currentTarget) close();
    };
    return html`<dialog aria-labelledby="name" @click=${onVeil}>
      <header>
        <h2 id="name">${this.session.user?.name ?? ''}</h2>
        <button class="close" aria-label=${text('close')} @click=${close}>${icon('cross')}</button>
      </header>
      <div class="row">
        ${icon('language')}<span>${text('account.language')}</span>
        <span class="choices">${language('en', 'English')}${language('zh', '简体中文')}</span>
      </div>
      <mezze-mark-chooser .session=${this.session} place="account"></mezze-mark-chooser>
      <mezze-permission-overview .session=${this.session} .apps=${this.apps}></mezze-permission-overview>
      <mezze-own-reports></mezze-own-reports>
      <button class="row" @click=${() => void this.session.signOut()}>
        ${icon('signOut')}<span>${text('account.sign-out')}</span>
      </button>
    </dialog>`;
  }
}
