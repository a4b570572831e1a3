/** The account sheet's list of what mini apps have been allowed, with the way to take it back. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Apps } from '../apps';
import { text } from '../localization';
import { controls, MezzeElement } from '../screens/base';
import { icon } from '../screens/icon';
import { openedListStyles, rowStyles } from '../screens/rows';
import type { Session } from '../session';
import { type GrantsOfApp, grantsInForce, takeBack } from './overview';
import { permissionWords } from './words';

@customElement('mezze-permission-overview')
export class PermissionOverview extends MezzeElement {
  static override styles = [
    controls,
    rowStyles,
    openedListStyles,
    css`
      li {
        display: flex;
        align-items: center;
        gap: 12px;
      }
      li div {
        flex: 1;
        min-width: 0;
      }
      .small {
        overflow-wrap: anywhere;
      }
      .none {
        padding-bottom: 12px;
      }
    `,
  ];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) apps: Apps | undefined;
  @state() private known: GrantsOfApp[] | undefined;
  @state() private open = false;

  protected override willUpdate(): void {
    this.observe(this.session);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { user } = this.session;
    if (user === undefined) return nothing;
    const toggle = () => {
      this.open = !this.open;
      if (this.open) void this.#load();
    };
    return html`<button class="row" aria-expanded=${this.open} @click=${toggle}>
        ${icon('alert')}<span>${text('overview.title')}</span>${icon('chevronRight')}
      </button>
      ${this.open ? this.#list() : nothing}`;
  }

  #list(): TemplateResult | typeof nothing {
    if (this.known === undefined) return nothing;
    if (this.known.length === 0) return html`<p class="small none">${text('overview.none')}</p>`;
    return html`<ul>
      ${this.known.map((one) => {
        const name = this.session.find(one.appId)?.name ?? one.appId;
        const names = [...new Set(one.grants.map(({ permission }) => permissionWords(permission)))];
        return html`<li>
          <div>
            <h3>${name}</h3>
            <p class="small">${names.join(' · ')}</p>
          </div>
          <button class="secondary" aria-label=${text('overview.take-back.of', { name })} @click=${() => void this.#takeBack(one)}>
            ${text('overview.take-back')}
          </button>
        </li>`;
      })}
    </ul>`;
  }

  async #load(): Promise<void> {
    const { user } = this.session;
    if (user !== undefined) this.known = await grantsInForce(user.id).catch(() => []);
  }

  async #takeBack(one: GrantsOfApp): Promise<void> {
    const { user } = this.session;
    if (user === undefined) return;
    await takeBack(user.id, one);
    await this.apps?.reloadGrants(one.appId);
    await this.#load();
  }
}
