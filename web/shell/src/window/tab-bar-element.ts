/** An app's tab bar, drawn from its configuration. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { Resources } from '../miniapp/resources';
import type { TabBar, TabItem } from '../miniapp/tab-bar';
import { safeColour } from '../miniapp/theme';
import { controls, MezzeElement } from '../screens/base';

@customElement('mezze-tab-bar')
export class TabBarElement extends MezzeElement {
  static override styles = [
    controls,
    css`
      .bar {
        display: flex;
        height: 100%;
        padding-bottom: var(--inset-bottom);
        border-top: 1px solid var(--border, rgb(0 0 0 / 0.1));
      }
      :host([top]) .bar {
        border-top: 0;
        border-bottom: 1px solid var(--border, rgb(0 0 0 / 0.1));
      }
      button {
        flex: 1;
        min-width: 0;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 2px;
        font-size: 10px;
        line-height: 1.3;
      }
      button:focus-visible {
        outline-offset: -4px;
      }
      :host([top]) button {
        font-size: var(--text-15);
      }
      :host([top]) button[aria-selected='true'] {
        box-shadow: inset 0 -2px currentColor;
      }
      .picture {
        position: relative;
        width: 25px;
        height: 25px;
      }
      .picture img {
        width: 100%;
        height: 100%;
        object-fit: contain;
        display: block;
      }
      .only-text .picture {
        height: 0;
        width: 100%;
      }
      .only-text .label {
        font-size: var(--text-13);
      }
      .label {
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .badge,
      .dot {
        position: absolute;
        left: calc(100% - 8px);
        top: -4px;
        background: #fa5151;
        color: #fff;
        border-radius: var(--corner-pill);
      }
      .badge {
        min-width: 16px;
        height: 16px;
        padding: 0 4px;
        font-size: 10px;
        line-height: 16px;
        text-align: center;
        white-space: nowrap;
      }
      .dot {
        left: calc(100% - 4px);
        top: -2px;
        width: 8px;
        height: 8px;
      }
    `,
  ];

  @property({ attribute: false }) tabBar!: TabBar;
  @property({ attribute: false }) resources!: Resources;
  @property() selected = '';
  @property({ type: Boolean, reflect: true }) top = false;
  onSelect: (index: number) => void = () => undefined;

  readonly #urls = new Map<string, string>();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
  }

  protected override willUpdate(): void {
    this.observe(this.tabBar);
    this.top = this.tabBar.position === 'top';
    for (const item of this.tabBar.items) {
      this.#load(item.iconPath);
      this.#load(item.selectedIconPath);
    }
  }

  protected override render(): TemplateResult {
    const { tabBar } = this;
    const look = {
      background: safeColour(tabBar.background) ?? '#ffffff',
      '--border': tabBar.borderStyle === 'white' ? 'rgb(255 255 255 / 0.2)' : 'rgb(0 0 0 / 0.1)',
    };
    return html`<div class="bar" role="tablist" style=${styleMap(look)}>${tabBar.items.map((item, index) => this.#item(item, index))}</div>`;
  }

  #item(item: TabItem, index: number): TemplateResult {
    const selected = item.pagePath === this.selected;
    const colour = selected ? safeColour(this.tabBar.selectedColour) : safeColour(this.tabBar.colour);
    const path = selected ? (item.selectedIconPath ?? item.iconPath) : item.iconPath;
    const url = path === undefined ? undefined : this.#urls.get(path);
    return html`<button
      class=${classMap({ 'only-text': path === undefined || this.top })}
      style=${styleMap({ color: colour ?? (selected ? '#1aad19' : '#6f6a63') })}
      role="tab"
      aria-selected=${selected ? 'true' : 'false'}
      @click=${() => this.onSelect(index)}
    >
      <span class="picture">
        ${url === undefined || this.top ? nothing : html`<img src=${url} alt="" />`}
        ${item.badge === undefined ? nothing : html`<span class="badge">${item.badge}</span>`}
        ${item.dot ? html`<span class="dot"></span>` : nothing}
      </span>
      <span class="label">${item.text}</span>
    </button>`;
  }

  #load(path: string | undefined): void {
    if (path === undefined || path === '' || this.#urls.has(path)) return;
    this.#urls.set(path, '');
    void this.resources.resolve(path, 'image').then((resolution) => {
      if ('blob' in resolution) this.#urls.set(path, URL.createObjectURL(resolution.blob));
      else if ('url' in resolution) this.#urls.set(path, resolution.url);
      this.requestUpdate();
    });
  }
}
