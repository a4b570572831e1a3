/**
 * The trusted layer of a window: the app's menu, what is known of it, its settings, and questions of the shell.
 * No mini app gets this look: the app behind it shrinks, the user's own mark stands in the corner, a mint line on top.
 */
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../localization';
import type { MiniApp } from '../miniapp/mini-app';
import type { TrustedQuestion } from '../miniapp/options';
import { dataTerms, termsLook } from '../permission/data-terms';
import type { Prompt } from '../permission/gate';
import { controls, MezzeElement } from '../screens/base';
import { type IconName, icon } from '../screens/icon';
import { plate } from '../screens/plate';
import '../permission/prompt-element';
import '../permission/settings-element';
import '../reports/report-form';

export type TrustedPlace = 'menu' | 'about' | 'settings' | 'report' | 'question' | 'prompt' | 'privacy';

export interface TrustedActions {
  close(): void;
  share(): void;
  sharePage(): void;
  toggleFavourite(): void;
  toggleOffline(): void;
  reload(): void;
  erase(): Promise<void>;
}

/** A tap that was meant for the app must not answer a question of the shell. */
const guard = 500;

@customElement('mezze-trusted-sheet')
export class TrustedSheet extends MezzeElement {
  static override styles = [
    controls,
    termsLook,
    css`
      :host {
        position: absolute;
        inset: 0;
        z-index: 60;
        display: flex;
        align-items: flex-end;
        background: var(--veil);
        animation: appear var(--fast) ease-out;
      }
      .sheet {
        width: 100%;
        max-height: calc(100% - 80px);
        overflow: auto;
        padding: 12px 20px calc(20px + var(--inset-bottom));
        border-top: 3px solid var(--mint);
        border-radius: var(--corner-card) var(--corner-card) 0 0;
        background: var(--card);
        animation: up var(--slow) var(--ease-in);
      }
      .sheet:focus-visible {
        outline: none;
      }
      .head {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 56px;
      }
      .head h2 {
        font-size: var(--text-17);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .head div {
        flex: 1;
        min-width: 0;
      }
      .head p,
      .facts dt,
      .note {
        font-size: var(--text-13);
        color: var(--muted);
      }
      .mark {
        flex: none;
        padding: 4px 10px;
        border-radius: var(--corner-pill);
        background: var(--plate);
        font-size: var(--text-13);
        font-weight: 600;
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        gap: 4px;
        margin: 12px 0;
      }
      .grid button {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: 6px;
        padding: 10px 4px;
        border-radius: var(--corner-control);
        font-size: var(--text-12);
        color: var(--ink);
      }
      .grid .icon {
        width: 48px;
        height: 48px;
        border-radius: 50%;
        background: var(--plate);
        align-items: center;
        justify-content: center;
      }
      .cancel {
        width: 100%;
      }
      .facts {
        margin: 12px 0;
        display: grid;
        gap: 10px;
      }
      .facts dd {
        margin: 2px 0 0;
        overflow-wrap: anywhere;
      }
      .key {
        font-size: var(--text-12);
        font-variant-numeric: tabular-nums;
      }
      .good {
        display: flex;
        gap: 8px;
        align-items: center;
        color: var(--mint);
        font-weight: 600;
      }
      .pair {
        display: flex;
        gap: 12px;
        margin-top: 16px;
      }
      .pair button {
        flex: 1;
      }
      .question {
        padding: 12px 0;
        font-size: var(--text-20);
        font-weight: 600;
        text-align: center;
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      @keyframes appear {
        from {
          opacity: 0;
        }
      }
      @keyframes up {
        from {
          transform: translateY(100%);
        }
      }
    `,
  ];

  @property({ attribute: false }) app!: MiniApp;
  @property({ attribute: false }) actions!: TrustedActions;
  @property() name = '';
  @property() iconUrl = '';
  @property() publisher = '';
  @property() userMark = '';
  /** Name of the platform, which reviewed the app. */
  @property() platform = '';
  @property({ type: Boolean }) favourite = false;
  @property({ type: Boolean }) keptOffline = false;
  @property() place: TrustedPlace = 'menu';
  #since = performance.now();
  #asked: TrustedQuestion | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#since = performance.now();
    this.addEventListener('click', this.#veil);
    this.addEventListener('keydown', this.#key);
  }

  protected override willUpdate(): void {
    this.observe(this.app, this.app.permission);
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('.sheet')?.focus();
  }

  protected override updated(changes: PropertyValues): void {
    // A question that takes another's place must not get the tap that was meant for that one.
    const replaced = this.app.question !== undefined && this.app.question !== this.#asked;
    this.#asked = this.app.question;
    if (replaced || (changes.has('place') && changes.get('place') !== undefined)) {
      this.#since = performance.now();
      this.renderRoot.querySelector<HTMLElement>('.sheet')?.focus();
    }
  }

  protected override render(): TemplateResult {
    const { question } = this.app;
    return html`<section class="sheet" role="dialog" aria-modal="true" aria-labelledby="name" tabindex="-1">
      <div class="head">
        ${plate(this.iconUrl, this.name, 44)}
        <div>
          <h2 id="name">${this.name}</h2>
          <p>${this.publisher}</p>
        </div>
        ${this.userMark === '' ? nothing : html`<span class="mark" title=${text('trusted.mark')}>${this.userMark}</span>`}
      </div>
      ${question === undefined ? this.#place() : this.#question(question)}
    </section>`;
  }

  #place(): TemplateResult {
    const { prompt } = this.app.permission;
    if (prompt !== undefined) return this.#prompt(prompt);
    if (this.place === 'about') return this.#about();
    if (this.place === 'privacy') return this.#privacy();
    if (this.place === 'report') return this.#report();
    return this.place === 'settings' ? this.#settings() : this.#menu();
  }

  #prompt(prompt: Prompt): TemplateResult {
    return html`<mezze-permission-prompt
      .app=${this.app}
      .prompt=${prompt}
      .name=${this.name}
      .publisher=${this.publisher}
      .platform=${this.platform}
      .userMark=${this.userMark}
    ></mezze-permission-prompt>`;
  }

  #menu(): TemplateResult {
    const { actions } = this;
    const page = this.app.single ? undefined : this.app.stack.current;
    const go = (place: TrustedPlace) => () => {
      this.place = place;
    };
    return html`
      <div class="grid">
        ${page?.sharing === false ? nothing : this.#action('share', text('menu.share'), () => actions.share())}
        ${page?.sharing !== false && page?.timeline === true ? this.#action('sharePage', text('menu.share-page'), () => actions.sharePage()) : nothing}
        ${this.#action(
          this.favourite ? 'starOff' : 'star',
          this.favourite ? text('menu.unfavourite') : text('menu.favourite'),
          () => actions.toggleFavourite(),
        )}
        ${this.#action(
          this.keptOffline ? 'offline' : 'keep',
          this.keptOffline ? text('menu.release-offline') : text('menu.keep-offline'),
          () => actions.toggleOffline(),
        )}
        ${this.#action('refresh', text('menu.reload'), () => actions.reload())}
        ${this.#action('shield', text('menu.about'), go('about'))}
        ${this.#action('trash', text('menu.settings'), go('settings'))}
        ${this.#action('flag', text('menu.report'), go('report'))}
      </div>
      <button class="secondary cancel" @click=${() => actions.close()}>${text('modal.cancel')}</button>
    `;
  }

  #action(picture: IconName, label: string, run: () => void): TemplateResult {
    return html`<button @click=${run}>${icon(picture)}<span>${label}</span></button>`;
  }

  #about(): TemplateResult {
    const opened = this.app.release?.package;
    if (opened === undefined) return html`<p class="note">${text('about.none')}</p>`;
    const reviewed = new Date(opened.countersigned * 1000).toLocaleString(document.documentElement.lang);
    return html`
      <p class="good">${icon('shield')} ${text('about.verified')}</p>
      <dl class="facts">
        <div><dt>${text('about.app')}</dt><dd>${opened.appId} · ${opened.version}</dd></div>
        <div><dt>${text('about.developer')}</dt><dd class="key">${opened.signers.developer}</dd></div>
        <div><dt>${text('about.platform')}</dt><dd class="key">${opened.signers.platform}</dd></div>
        <div>
          <dt>${text(opened.development ? 'about.development' : opened.trial ? 'about.trial' : 'about.reviewed')}</dt>
          <dd>${reviewed}</dd>
        </div>
        <div><dt>${text('about.digest')}</dt><dd class="key">${opened.digest}</dd></div>
      </dl>
      ${this.#backButton()}
    `;
  }

  /** The data agreement, to read. */
  #privacy(): TemplateResult {
    const { data } = this.app.permission.declared;
    const close = () => this.actions.close();
    return html`
      <h3>${text('privacy.contract.name', { name: this.name })}</h3>
      <p class="note">${data.length === 0 ? text('privacy.none') : text('permission.words')}</p>
      <div class="data">${dataTerms(data)}</div>
      <div class="pair"><button class="secondary" @click=${close}>${text('close')}</button></div>
    `;
  }

  #settings(): TemplateResult {
    return html`
      <mezze-permission-settings .app=${this.app} .onErase=${() => void this.actions.erase()}></mezze-permission-settings>
      <div class="pair"><button class="secondary" @click=${() => this.actions.close()}>${text('settings.done')}</button></div>
    `;
  }

  #report(): TemplateResult {
    return html`<mezze-report-form
      .app=${this.app}
      .name=${this.name}
      .platform=${this.platform}
      .onBack=${this.#back}
      .onDone=${() => this.actions.close()}
    ></mezze-report-form>`;
  }

  readonly #back = () => {
    this.place = 'menu';
  };

  #backButton(): TemplateResult {
    return html`<div class="pair"><button class="secondary" @click=${this.#back}>${text('page.back')}</button></div>`;
  }

  #question(question: TrustedQuestion): TemplateResult {
    if (question.form !== undefined) return html`<p class="note">${question.title}</p>${question.form}`;
    const agree = () => {
      if (performance.now() - this.#since >= guard) question.answer(true);
    };
    return html`
      <p class="note">${question.title}</p>
      <p class="question">${question.content}</p>
      <div class="pair">
        <button class="secondary" @click=${() => question.answer(false)}>${text('modal.cancel')}</button>
        <button class="primary" @click=${agree}>${question.confirm}</button>
      </div>
    `;
  }

  readonly #veil = (event: Event) => {
    // A tap beside a prompt may have been meant for the app: it is no answer.
    const prompted = this.app.question === undefined && this.app.permission.prompt !== undefined;
    if (event.composedPath()[0] === this && !prompted) this.#dismiss();
  };

  readonly #key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#dismiss();
  };

  #dismiss(): void {
    const { prompt } = this.app.permission;
    if (this.app.question !== undefined) this.app.question.answer(false);
    else if (prompt !== undefined) prompt.answer('dismissed');
    else this.actions.close();
  }
}
