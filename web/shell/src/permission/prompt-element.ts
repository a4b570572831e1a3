/**
 * What a prompt says, inside the trusted sheet: who asks, what for, in whose words, and the choices. For half a second
 * after it appears no tap counts, so that one meant for the app does not answer it.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { locale, text } from '../localization';
import type { MiniApp } from '../miniapp/mini-app';
import { controls, MezzeElement } from '../screens/base';
import { icon } from '../screens/icon';
import { dataTerms, termsLook } from './data-terms';
import { localise } from './declarations';
import type { Prompt, PromptAnswer } from './gate';
import { scopeWords } from './words';

const guard = 500;

@customElement('mezze-permission-prompt')
export class PermissionPrompt extends MezzeElement {
  static override styles = [
    controls,
    termsLook,
    css`
      :host {
        display: block;
      }
      .who {
        display: grid;
        gap: 4px;
        margin: 4px 0 16px;
        font-size: var(--text-13);
        color: var(--muted);
      }
      .who span {
        display: flex;
        align-items: center;
        gap: 6px;
      }
      .who .reviewed {
        color: var(--mint);
      }
      .who .unreviewed {
        color: var(--ink);
      }
      .who .icon svg {
        width: 16px;
        height: 16px;
      }
      h3 {
        font-size: var(--text-20);
        overflow-wrap: anywhere;
      }
      figure {
        margin: 12px 0;
        padding: 12px 16px;
        border-inline-start: 3px solid var(--line);
        border-radius: 0 var(--corner-control) var(--corner-control) 0;
        background: var(--plate);
      }
      figcaption,
      .note {
        font-size: var(--text-12);
        color: var(--muted);
      }
      blockquote {
        margin: 4px 0 0;
        max-height: 6.5em;
        overflow: auto;
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      .data {
        max-height: 40vh;
        overflow: auto;
      }
      .choices {
        display: grid;
        gap: 8px;
        margin-top: 16px;
      }
      .choices button {
        width: 100%;
        transition: opacity var(--fast);
      }
      .choices button[aria-disabled='true'] {
        opacity: 0.45;
        cursor: default;
      }
      .choices small {
        display: block;
        font-size: var(--text-12);
        font-weight: 400;
        color: var(--muted);
      }
      .note {
        margin-top: 12px;
      }
    `,
  ];

  @property({ attribute: false }) app!: MiniApp;
  @property({ attribute: false }) prompt!: Prompt;
  @property() name = '';
  @property() publisher = '';
  @property() platform = '';
  @property() userMark = '';
  @state() private ready = false;
  #shown: Prompt | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(): void {
    if (this.prompt === this.#shown) return;
    this.#shown = this.prompt;
    this.ready = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.ready = true;
      this.#takeFocus();
    }, guard);
  }

  /** The tap that led here may have given the focus back to the app's frame after the sheet took it. */
  #takeFocus(): void {
    const root = this.getRootNode();
    if (root instanceof ShadowRoot && root.activeElement === null) root.querySelector<HTMLElement>('.sheet')?.focus();
  }

  protected override render(): TemplateResult {
    const { prompt } = this;
    return html`
      <div class="who">${this.#signed()}${this.#reviewed()}</div>
      ${prompt.kind === 'scope' ? this.#scope(prompt.permission) : this.#privacy(prompt.categories)}
      <p class="note">${this.userMark === '' ? nothing : text('permission.mark', { mark: this.userMark })} ${text('permission.later')}</p>
    `;
  }

  #signed(): TemplateResult {
    const key = (this.app.release?.package.signers.developer ?? '').slice(0, 8);
    const words =
      this.publisher === ''
        ? text('permission.signed.unknown', { key })
        : text('permission.signed', { publisher: this.publisher, key });
    return html`<span class="signed">${words}</span>`;
  }

  #reviewed(): TemplateResult {
    const opened = this.app.release?.package;
    if (opened === undefined || opened.development) {
      return html`<span class="unreviewed">${icon('alert')} ${text('permission.development')}</span>`;
    }
    const date = new Date(opened.countersigned * 1000).toLocaleDateString(document.documentElement.lang);
    return html`<span class="reviewed"
      >${icon('shield')} ${text('permission.reviewed', { platform: this.platform || 'Mezze', date })}</span
    >`;
  }

  #scope(permission: string): TemplateResult {
    const declared = this.app.permission.declared.permissions.find(({ name }) => name === permission);
    const reason = localise(declared?.reason, locale());
    return html`
      <h3>${text('permission.asks', { name: this.name, what: scopeWords(permission) })}</h3>
      ${
        reason === ''
          ? html`<p class="note">${text('permission.no-words')}</p>`
          : html`<figure>
              <figcaption>${text('permission.words')}</figcaption>
              <blockquote>${reason}</blockquote>
            </figure>`
      }
      ${declared?.required === true ? html`<p class="note">${text('permission.required')}</p>` : nothing}
      <div class="choices">
        ${this.#choice('once', text('permission.once'), text('permission.once.note'))}
        ${this.#choice('granted', text('permission.using'))}
        ${this.#choice('refused', text('permission.deny'))}
      </div>
    `;
  }

  #privacy(categories: readonly string[]): TemplateResult {
    const declared = this.app.permission.declared.data.filter(({ category }) => categories.includes(category));
    return html`
      <h3>${text('privacy.asks', { name: this.name })}</h3>
      <p class="note">${text('permission.words')}</p>
      <div class="data" tabindex="0" role="group" aria-label=${text('permission.words')}>
        ${dataTerms(declared)}
      </div>
      <div class="choices">
        ${this.#choice('granted', text('privacy.agree'))}
        ${this.#choice('refused', text('privacy.decline'))}
      </div>
    `;
  }

  /** All choices look alike: none is the one that Mezze would have its user take. */
  #choice(answer: PromptAnswer, label: string, note = ''): TemplateResult {
    const choose = (event: Event) => {
      // A click that a script made is nobody's answer.
      if (this.ready && event.isTrusted) this.prompt.answer(answer);
    };
    return html`<button
      class="secondary"
      data-answer=${answer}
      aria-disabled=${this.ready ? 'false' : 'true'}
      @click=${choose}
    >
      <span>${label}${note === '' ? nothing : html`<small>${note}</small>`}</span>
    </button>`;
  }
}
