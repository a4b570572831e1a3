/** The super app: home, and the windows of mini apps on it. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Apps } from '../apps';
import { text } from '../localization';
import type { Session } from '../session';
import type { Table } from '../table';
import type { AccountSheet } from './account-sheet';
import { controls, MezzeElement } from './base';
import { icon } from './icon';
import './account-sheet';
import '../window/now-playing-element';
import type { HomeElement } from './home';
import './home';
import './sign-in';
import { windowStyles } from './windows';

const noticeTime = 4000;

@customElement('mezze-shell')
export class ShellElement extends MezzeElement {
  static override styles = [
    controls,
    windowStyles,
    css`
      :host {
        position: fixed;
        inset: 0;
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        background: var(--paper);
        overflow: hidden;
      }
      .rail {
        display: none;
      }
      main {
        min-width: 0;
        min-height: 0;
      }
      /* Out of sight, too, once the window above it has grown. */
      main.covered {
        visibility: hidden;
        transition: visibility 0s 300ms;
      }
      .windows.active {
        pointer-events: auto;
      }
      .notice {
        position: fixed;
        z-index: 100;
        left: 50%;
        bottom: calc(24px + var(--inset-bottom));
        transform: translateX(-50%);
        max-width: min(480px, calc(100vw - 32px));
        padding: 12px 20px;
        border-radius: var(--corner-pill);
        background: var(--ink);
        color: var(--paper);
        font-size: var(--text-13);
        overflow-wrap: anywhere;
      }
      @media (min-width: 900px) {
        :host {
          grid-template-columns: 72px minmax(320px, 1fr) auto;
        }
        .rail {
          display: flex;
          flex-direction: column;
          align-items: center;
          gap: 8px;
          padding: 16px 0;
          border-right: 1px solid var(--line);
        }
        .rail img {
          width: 40px;
          height: 40px;
          margin-bottom: 16px;
        }
        .rail button {
          display: grid;
          place-items: center;
          width: 48px;
          height: 48px;
          border-radius: var(--corner-card);
          background: var(--plate);
          color: var(--olive-text);
        }
        .windows {
          position: relative;
          inset: auto;
          display: flex;
          align-items: center;
          gap: 24px;
          min-width: 0;
          --inset-top: 0px;
          --inset-bottom: 0px;
          --measured-inset-top: 0px;
          --measured-inset-bottom: 0px;
        }
        .windows.active {
          padding: 0 32px;
          background: var(--plate);
          border-left: 1px solid var(--line);
        }
        mezze-window {
          inset: auto;
          top: 50%;
          left: 32px;
          translate: 0 -50%;
          width: 390px;
          height: min(844px, calc(100vh - 32px));
          border-radius: 20px;
        }
        mezze-window[state='front'] {
          position: relative;
          top: auto;
          left: auto;
          translate: none;
          flex: none;
          box-shadow: var(--shadow);
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) table!: Table;
  @property({ attribute: false }) apps!: Apps;
  @state() private notice = '';
  readonly #windows = document.createElement('section');
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  protected override firstUpdated(): void {
    this.apps.attach(this.#windows);
    this.apps.notify = (message) => {
      this.notice = message;
      clearTimeout(this.#noticeTimer);
      this.#noticeTimer = setTimeout(() => {
        this.notice = '';
      }, noticeTime);
    };
  }

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(this.session, this.apps);
    this.#windows.className = `windows ${this.apps.count > 0 ? 'active' : ''}`;
    this.#windows.setAttribute('aria-label', text('windows'));
  }

  protected override render(): TemplateResult {
    const covered = this.apps.count > 0 && !matchMedia('(min-width: 900px)').matches;
    const openAccount = () => this.renderRoot.querySelector<AccountSheet>('mezze-account-sheet')?.open();
    return html`
      <nav class="rail" aria-label=${text('rail')}>
        <img src="/icons/mezze.svg" alt="" />
        <button aria-label=${text('rail.home')} aria-current="page" @click=${() => this.#focusHome()}>
          ${icon('home')}
        </button>
      </nav>
      <main class=${covered ? 'covered' : ''} ?inert=${covered}>
        ${
          this.session.state === 'signed-out'
            ? html`<mezze-sign-in .session=${this.session}></mezze-sign-in>`
            : html`<mezze-home
                .session=${this.session}
                .table=${this.table}
                .apps=${this.apps}
                .onAccount=${openAccount}
              ></mezze-home>`
        }
      </main>
      ${this.#windows}
      <mezze-now-playing .apps=${this.apps}></mezze-now-playing>
      <mezze-account-sheet .session=${this.session} .apps=${this.apps}></mezze-account-sheet>
      ${this.notice === '' ? nothing : html`<div class="notice" role="status">${this.notice}</div>`}
    `;
  }

  #focusHome(): void {
    this.renderRoot.querySelector<HomeElement>('mezze-home')?.focusSearch();
  }
}
