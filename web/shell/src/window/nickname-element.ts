/** The user's own name, offered beside the keyboard for a field that asks for a name. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../localization';
import type { Page } from '../miniapp/page';
import { controls, MezzeElement } from '../screens/base';
import type { NicknameOffer } from '../services/nickname';

/** A tap that was meant for what stood here a moment ago takes nothing, milliseconds. */
const guard = 500;

@customElement('mezze-nickname')
export class NicknameElement extends MezzeElement {
  static override styles = [
    controls,
    css`
      .bar {
        position: absolute;
        z-index: 44;
        left: 0;
        right: 0;
        bottom: var(--keyboard, 0px);
        display: flex;
        justify-content: center;
        padding: 8px 12px calc(8px + var(--inset-bottom));
        background: var(--card);
        border-top: 2px solid var(--mint);
      }
      button {
        max-width: 100%;
        min-height: var(--touch);
        padding: 0 16px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 600;
        color: var(--olive-text);
      }
    `,
  ];

  @property({ attribute: false }) offer: NicknameOffer | undefined;
  /** The page in front: an offer for another is over. */
  @property({ attribute: false }) page: Page | undefined;
  #shownAt = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    window.visualViewport?.addEventListener('resize', this.#place);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.visualViewport?.removeEventListener('resize', this.#place);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.observe(this.offer);
    if (this.offer?.nickname === undefined) this.#shownAt = 0;
    else if (this.#shownAt === 0) this.#shownAt = performance.now();
  }

  protected override render(): TemplateResult | typeof nothing {
    const nickname = this.offer?.nickname;
    if (nickname === undefined || nickname.page !== this.page) return nothing;
    this.#place();
    // A press must not take the focus from the field, whose end of use would end the offer.
    return html`<div class="bar" @mousedown=${(event: Event) => event.preventDefault()}>
      <button @click=${() => this.#choose()}>${text('nickname.use', { name: nickname.name })}</button>
    </div>`;
  }

  #choose(): void {
    if (performance.now() - this.#shownAt < guard) return;
    // Refused by the user, or by the operator: the field stays as it is.
    void this.offer?.nickname?.choose().catch(() => undefined);
  }

  /** Above the keyboard of a phone, which covers the page without making it smaller. */
  readonly #place = () => {
    const seen = window.visualViewport;
    const height = seen === null ? 0 : Math.max(0, window.innerHeight - seen.height - seen.offsetTop);
    this.style.setProperty('--keyboard', `${Math.round(height)}px`);
  };
}
