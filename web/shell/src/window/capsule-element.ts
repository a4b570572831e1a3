/** The capsule: menu and close. It is 87 by 32, always above the app, and the app can't draw over it. */
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../localization';
import { controls, MezzeElement } from '../screens/base';

declare global {
  interface HTMLElementTagNameMap {
    'mezze-capsule': CapsuleElement;
  }
}

@customElement('mezze-capsule')
export class CapsuleElement extends MezzeElement {
  static override styles = [
    controls,
    css`
      :host {
        position: absolute;
        top: calc(6px + var(--inset-top));
        right: 10px;
        z-index: 50;
        display: flex;
        width: 87px;
        height: 32px;
        border-radius: var(--corner-pill);
        color: #fff;
        background: rgb(0 0 0 / 0.16);
        box-shadow: inset 0 0 0 0.5px rgb(255 255 255 / 0.3);
        transition: color var(--fast), background var(--fast);
      }
      :host([dark]) {
        color: #000;
        background: rgb(255 255 255 / 0.62);
        box-shadow: inset 0 0 0 0.5px rgb(0 0 0 / 0.12);
      }
      button {
        position: relative;
        flex: 1;
        display: flex;
        align-items: center;
        justify-content: center;
        border-radius: var(--corner-pill);
      }
      /* The target is larger than the picture. */
      button::after {
        content: '';
        position: absolute;
        inset: -6px 0;
      }
      button:focus-visible {
        outline-color: currentColor;
        outline-offset: -3px;
      }
      button + button::before {
        content: '';
        position: absolute;
        left: 0;
        top: 8px;
        bottom: 8px;
        width: 0.5px;
        background: currentColor;
        opacity: 0.25;
      }
      svg {
        width: 20px;
        height: 20px;
        fill: currentColor;
      }
    `,
  ];

  /** Black on light, as the page's bar has its text. */
  @property({ type: Boolean, reflect: true }) dark = false;
  onMenu: () => void = () => undefined;
  onClose: () => void = () => undefined;

  focusMenu(): void {
    this.renderRoot.querySelector('button')?.focus();
  }

  protected override render(): TemplateResult {
    return html`
      <button aria-label=${text('capsule.menu')} aria-haspopup="dialog" @click=${() => this.onMenu()}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="3.4" cy="10" r="1.7" />
          <circle cx="10" cy="10" r="2.6" />
          <circle cx="16.6" cy="10" r="1.7" />
        </svg>
      </button>
      <button aria-label=${text('capsule.close')} @click=${() => this.onClose()}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path
            d="M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm0 1.9a6.1 6.1 0 1 0 0 12.2 6.1 6.1 0 0 0 0-12.2Zm0 3.3a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6Z"
          />
        </svg>
      </button>
    `;
  }
}
