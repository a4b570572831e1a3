/** Why a mini app can't go on: what happened, what to do, details folded. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../localization';
import type { AppFailure } from '../miniapp/failure';
import { controls, MezzeElement } from '../screens/base';
import { icon } from '../screens/icon';
import { failureTexts } from './failure-texts';

@customElement('mezze-failure')
export class FailureElement extends MezzeElement {
  static override styles = [
    controls,
    css`
      :host {
        position: absolute;
        inset: 0;
        z-index: 35;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 12px;
        padding: 64px 32px 32px;
        overflow: auto;
        text-align: center;
        background: var(--paper);
      }
      .mark {
        display: grid;
        place-items: center;
        width: 64px;
        height: 64px;
        border-radius: 50%;
        background: var(--plate);
        color: var(--sumac);
      }
      .mark.calm {
        color: var(--muted);
      }
      .mark .icon svg {
        width: 28px;
        height: 28px;
      }
      .said {
        display: grid;
        justify-items: center;
        gap: 12px;
      }
      h2 {
        font-size: var(--text-20);
      }
      p {
        max-width: 34ch;
        color: var(--muted);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 12px;
        margin-top: 12px;
      }
      details {
        width: 100%;
        max-width: 480px;
        margin-top: 16px;
        color: var(--muted);
        font-size: var(--text-13);
      }
      summary {
        min-height: var(--touch);
        line-height: var(--touch);
        cursor: pointer;
      }
      pre {
        margin: 0;
        padding: 12px;
        border-radius: var(--corner-control);
        background: var(--plate);
        text-align: left;
        font-size: var(--text-12);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) failure!: AppFailure;
  @property() name = '';
  onRetry: () => void = () => undefined;
  onTakeOver: () => void = () => undefined;

  protected override render(): TemplateResult {
    const { failure } = this;
    const { title, advice } = failureTexts(failure, this.name);
    const calm = failure.kind === 'offline' || failure.kind === 'elsewhere';
    return html`
      <span class="mark ${calm ? 'calm' : ''}">${icon(failure.kind === 'offline' ? 'offline' : 'alert')}</span>
      <div class="said" role="alert"><h2>${title}</h2><p>${advice}</p></div>
      ${failure.hint === undefined ? nothing : html`<p>${failure.hint}</p>`}
      <div class="buttons">
        ${
          failure.kind === 'elsewhere'
            ? html`<button class="primary" @click=${() => this.onTakeOver()}>${text('failure.take-over')}</button>`
            : html`<button class="primary" @click=${() => this.onRetry()}>${text('failure.retry')}</button>`
        }
      </div>
      <details>
        <summary>${text('failure.details')}</summary>
        <pre>${failure.kind} · ${failure.code}\n${failure.detail}</pre>
      </details>
    `;
  }
}
