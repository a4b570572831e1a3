/** What a window shows until the app draws: its dish, its name, and how far it is. */
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../localization';
import { controls, MezzeElement } from '../screens/base';
import { plate } from '../screens/plate';

const circumference = 2 * Math.PI * 46;

@customElement('mezze-splash')
export class SplashElement extends MezzeElement {
  static override styles = [
    controls,
    css`
      :host {
        position: absolute;
        inset: 0;
        z-index: 30;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 16px;
        background: var(--paper);
      }
      .dish {
        position: relative;
        width: 96px;
        height: 96px;
        display: grid;
        place-items: center;
      }
      .dish svg {
        position: absolute;
        inset: 0;
        transform: rotate(-90deg);
      }
      circle {
        fill: none;
        stroke-width: 3;
        stroke: var(--line);
      }
      .part {
        stroke: var(--olive);
        stroke-linecap: round;
        transition: stroke-dashoffset var(--fast);
      }
      .waiting .part {
        animation: go 1200ms ease-in-out infinite;
      }
      h2 {
        font-size: var(--text-17);
      }
      @keyframes go {
        from {
          stroke-dashoffset: 289;
        }
        50% {
          stroke-dashoffset: 190;
        }
        to {
          stroke-dashoffset: -289;
        }
      }
    `,
  ];

  @property() name = '';
  @property() iconUrl = '';
  /** 0 to 1; 0 means that nothing is known yet. */
  @property({ type: Number }) progress = 0;

  protected override render(): TemplateResult {
    const known = this.progress > 0;
    return html`
      <div
        class="dish ${known ? '' : 'waiting'}"
        role="progressbar"
        aria-label=${text('splash.opening', { name: this.name })}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${known ? Math.round(this.progress * 100) : 0}
      >
        ${plate(this.iconUrl, this.name, 76)}
        <svg viewBox="0 0 96 96" aria-hidden="true">
          <circle cx="48" cy="48" r="46" />
          <circle
            class="part"
            cx="48"
            cy="48"
            r="46"
            stroke-dasharray=${circumference}
            stroke-dashoffset=${circumference * (1 - this.progress)}
          />
        </svg>
      </div>
      <h2>${this.name}</h2>
    `;
  }
}
