/** Toast, loading mark, dialogue and action sheet of an app, inside its window and below its capsule. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { text } from '../localization';
import type { ActionSheet, Interactions, Modal, Toast } from '../miniapp/interactions';
import { controls, MezzeElement } from '../screens/base';
import { icon } from '../screens/icon';

@customElement('mezze-interactions')
export class InteractionsElement extends MezzeElement {
  static override styles = [
    controls,
    css`
      :host {
        position: absolute;
        inset: 0;
        pointer-events: none;
        z-index: 40;
      }
      .mask {
        position: absolute;
        inset: 0;
        display: flex;
        align-items: center;
        justify-content: center;
      }
      .holding {
        pointer-events: auto;
      }
      .veil {
        background: var(--veil);
        pointer-events: auto;
        animation: appear var(--fast) ease-out;
      }
      .toast {
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 12px;
        min-width: 136px;
        min-height: 136px;
        max-width: 70%;
        padding: 20px 16px;
        border-radius: var(--corner-card);
        background: rgb(40 38 35 / 0.9);
        color: #fff;
        text-align: center;
        animation: appear var(--fast) ease-out;
      }
      .toast.plain {
        min-width: 0;
        min-height: 0;
        padding: 12px 16px;
        border-radius: var(--corner-control);
        overflow-wrap: anywhere;
      }
      .toast .icon svg {
        width: 40px;
        height: 40px;
      }
      .toast img {
        width: 44px;
        height: 44px;
        object-fit: contain;
      }
      .ring {
        width: 36px;
        height: 36px;
        border: 3px solid rgb(255 255 255 / 0.3);
        border-top-color: #fff;
        border-radius: 50%;
        animation: turn 900ms linear infinite;
      }
      .modal {
        width: min(320px, calc(100% - 48px));
        max-height: calc(100% - 96px);
        display: flex;
        flex-direction: column;
        border-radius: var(--corner-card);
        background: var(--card);
        overflow: hidden;
        animation: rise var(--slow) var(--ease-in);
      }
      .modal h2 {
        padding: 24px 24px 0;
        font-size: var(--text-17);
        text-align: center;
      }
      .modal .content {
        padding: 12px 24px 24px;
        overflow: auto;
        text-align: center;
        overflow-wrap: anywhere;
        color: var(--muted);
      }
      .modal .words {
        white-space: pre-wrap;
      }
      .modal h2:empty + .content {
        padding-top: 28px;
        color: var(--ink);
      }
      .modal textarea {
        font: inherit;
        color: var(--ink);
        width: 100%;
        padding: 8px 12px;
        border: 1px solid var(--line);
        border-radius: var(--corner-control);
        background: var(--paper);
        resize: none;
      }
      .buttons {
        display: flex;
        border-top: 1px solid var(--line);
      }
      .buttons button {
        flex: 1;
        min-height: 52px;
        font-size: var(--text-17);
        font-weight: 600;
      }
      .buttons button + button {
        border-left: 1px solid var(--line);
      }
      .buttons button:focus-visible,
      .sheet button:focus-visible {
        outline-offset: -4px;
      }
      .sheet {
        position: absolute;
        inset: auto 0 0;
        padding-bottom: var(--inset-bottom);
        border-radius: var(--corner-card) var(--corner-card) 0 0;
        background: var(--card);
        overflow: hidden;
        animation: up var(--slow) var(--ease-in);
      }
      .sheet p {
        padding: 16px 24px;
        color: var(--muted);
        font-size: var(--text-13);
        text-align: center;
        border-bottom: 1px solid var(--line);
      }
      .sheet button {
        display: block;
        width: 100%;
        min-height: 56px;
        padding: 12px 24px;
        font-size: var(--text-17);
        text-align: center;
        border-bottom: 1px solid var(--line);
      }
      .sheet .cancel {
        margin-top: 8px;
        border-top: 8px solid var(--paper);
        border-bottom: 0;
      }
      @keyframes appear {
        from {
          opacity: 0;
        }
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: scale(0.94);
        }
      }
      @keyframes up {
        from {
          transform: translateY(100%);
        }
      }
      @keyframes turn {
        to {
          transform: rotate(1turn);
        }
      }
    `,
  ];

  @property({ attribute: false }) state!: Interactions;
  #shownQuestion: Modal | ActionSheet | undefined;
  #image: { blob: Blob; url: string } | undefined;

  protected override willUpdate(): void {
    this.observe(this.state);
  }

  protected override updated(_changes: PropertyValues): void {
    const question = this.state.sheet ?? this.state.modal;
    if (question !== this.#shownQuestion) {
      this.#shownQuestion = question;
      // The keyboard goes where the question is.
      this.renderRoot.querySelector<HTMLElement>('textarea, .confirm, .sheet button')?.focus();
    }
  }

  protected override render(): TemplateResult {
    const { toast, modal, sheet } = this.state;
    return html`
      ${toast === undefined ? nothing : this.#toast(toast)} ${modal === undefined ? nothing : this.#modal(modal)}
      ${sheet === undefined ? nothing : this.#sheet(sheet)}
    `;
  }

  #toast(toast: Toast): TemplateResult {
    const picture = this.#toastPicture(toast);
    return html`<div class="mask ${toast.mask ? 'holding' : ''}">
      <div class="toast ${picture === nothing ? 'plain' : ''}" role="status" aria-live="polite">
        ${picture}
        <span>${toast.title}</span>
      </div>
    </div>`;
  }

  #toastPicture(toast: Toast): TemplateResult | typeof nothing {
    if (toast.image !== undefined) return html`<img src=${this.#imageUrl(toast.image)} alt="" />`;
    if (toast.icon === 'loading') return html`<i class="ring"></i>`;
    if (toast.icon === 'success') return icon('check');
    return toast.icon === 'error' ? icon('alert') : nothing;
  }

  #imageUrl(blob: Blob): string {
    if (this.#image?.blob !== blob) {
      if (this.#image !== undefined) URL.revokeObjectURL(this.#image.url);
      this.#image = { blob, url: URL.createObjectURL(blob) };
    }
    return this.#image.url;
  }

  #modal(modal: Modal): TemplateResult {
    const content = () => this.renderRoot.querySelector('textarea')?.value ?? '';
    const answer = (confirm: boolean) => modal.answer({ confirm, content: content() });
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') answer(false);
    };
    return html`<div class="mask veil" @keydown=${onKey}>
      <div class="modal" role="alertdialog" aria-modal="true" aria-labelledby="title" aria-describedby="content">
        <h2 id="title">${modal.title}</h2>
        <div class="content" id="content">
          ${
            modal.editable
              ? html`<textarea rows="2" placeholder=${modal.placeholder} .value=${modal.content}></textarea>`
              : html`<span class="words">${modal.content}</span>`
          }
        </div>
        <div class="buttons">
          ${
            modal.showCancel
              ? html`<button style=${styleMap(colourOf(modal.cancelColour))} @click=${() => answer(false)}>
                  ${modal.cancelText}
                </button>`
              : nothing
          }
          <button
            class="confirm"
            style=${styleMap(colourOf(modal.confirmColour, 'var(--olive-text)'))}
            @click=${() => answer(true)}
          >
            ${modal.confirmText}
          </button>
        </div>
      </div>
    </div>`;
  }

  #sheet(sheet: ActionSheet): TemplateResult {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') sheet.answer(undefined);
    };
    const onVeil = (event: Event) => {
      if (event.target === event.currentTarget) sheet.answer(undefined);
    };
    return html`<div class="mask veil" @click=${onVeil} @keydown=${onKey}>
      <div class="sheet" role="dialog" aria-modal="true" aria-label=${sheet.alert || text('sheet.choose')}>
        ${sheet.alert === '' ? nothing : html`<p>${sheet.alert}</p>`}
        ${sheet.items.map(
          (item, index) =>
            html`<button style=${styleMap(colourOf(sheet.colour))} @click=${() => sheet.answer(index)}>${item}</button>`,
        )}
        <button class="cancel" @click=${() => sheet.answer(undefined)}>${text('modal.cancel')}</button>
      </div>
    </div>`;
  }
}

/** The dialect's defaults are for a white card; on a dark one they would not be seen. */
function colourOf(colour: string | undefined, otherwise = 'var(--ink)'): { color: string } {
  const standard = colour === undefined || ['#000000', '#000', '#576b95'].includes(colour.toLowerCase());
  return { color: standard ? otherwise : colour };
}
