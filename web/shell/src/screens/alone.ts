/** The shell with one mini app and nothing else: what the console frames beside a review. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Apps } from '../apps';
import { text } from '../localization';
import { type LaunchTarget, parseParts } from '../miniapp/launch-uri';
import { singleScene } from '../miniapp/single-page';
import { controls, MezzeElement } from './base';
import { windowStyles } from './windows';

const prefix = '/console/run';
/** By a link, as a mini app is told it. */
const sceneLink = 1007;

/** The mini app that the address names, where it is the console's. */
export function aloneTarget(): LaunchTarget | undefined {
  if (!location.pathname.startsWith(`${prefix}/`)) return undefined;
  return parseParts(location.pathname.slice(prefix.length), location.search);
}

@customElement('mezze-alone')
export class AloneElement extends MezzeElement {
  static override styles = [
    controls,
    windowStyles,
    css`
      :host {
        position: fixed;
        inset: 0;
        display: grid;
        place-items: center;
        background: var(--plate);
        overflow: hidden;
      }
      .notice {
        position: fixed;
        z-index: 2;
        inset: auto 16px 24px;
        padding: 12px 20px;
        border-radius: var(--corner-control);
        background: var(--ink);
        color: var(--paper);
        font-size: var(--text-13);
      }
    `,
  ];

  @property({ attribute: false }) apps!: Apps;
  @property({ attribute: false }) target!: LaunchTarget;
  @state() private notice = '';
  readonly #windows = document.createElement('section');

  open(): void {
    void this.apps.open(this.target, { scene: this.target.single === true ? singleScene : sceneLink });
  }

  protected override firstUpdated(): void {
    this.#windows.className = 'windows';
    this.apps.attach(this.#windows);
    this.apps.notify = (message) => {
      this.notice = message;
      setTimeout(() => {
        this.notice = '';
      }, 4000);
    };
    this.open();
  }

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(this.apps);
  }

  protected override render(): TemplateResult {
    return html`
      ${
        this.apps.count > 0
          ? nothing
          : html`<button class="primary" @click=${() => this.open()}>${text('home.open-link', { id: this.target.appId })}</button>`
      }
      ${this.#windows} ${this.notice === '' ? nothing : html`<div class="notice" role="status">${this.notice}</div>`}
    `;
  }
}
