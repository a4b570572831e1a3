/** The table: search or paste a link, what was used last, favourites, and suggestions. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Apps } from '../apps';
import { text } from '../localization';
import { parseLaunchUri } from '../miniapp/launch-uri';
import type { MiniAppSummary } from '../platform/client';
import '../permission/mark-element';
import type { Session } from '../session';
import type { Dish, Table } from '../table';
import { controls, MezzeElement } from './base';
import { icon } from './icon';
import { plate } from './plate';

const skeletonAfter = 150;

@customElement('mezze-home')
export class HomeElement extends MezzeElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        height: 100%;
        overflow: auto;
        overscroll-behavior: contain;
      }
      .column {
        max-width: 720px;
        margin: 0 auto;
        padding: calc(20px + var(--inset-top)) 20px calc(32px + var(--inset-bottom));
      }
      header {
        display: flex;
        align-items: center;
        gap: 12px;
        margin-bottom: 16px;
      }
      header .title {
        font-weight: 600;
        flex: 1;
        font-size: var(--text-28);
        line-height: 1.2;
        letter-spacing: -0.01em;
      }
      header p {
        color: var(--muted);
        font-size: var(--text-13);
      }
      .person {
        display: grid;
        place-items: center;
        width: var(--touch);
        height: var(--touch);
        border-radius: 50%;
        color: #fff;
        font-weight: 600;
      }
      form {
        position: relative;
        margin-bottom: 24px;
      }
      form .icon {
        position: absolute;
        left: 14px;
        top: 12px;
        color: var(--muted);
      }
      input {
        width: 100%;
        min-height: 48px;
        padding: 0 16px 0 44px;
        border: 1px solid var(--line);
        border-radius: var(--corner-pill);
        background: var(--card);
        font-size: 1rem;
      }
      input::placeholder {
        color: var(--muted);
        opacity: 1;
      }
      input::-webkit-search-cancel-button {
        display: none;
      }
      section {
        margin-bottom: 28px;
      }
      h2 {
        margin-bottom: 12px;
        font-size: var(--text-15);
        font-weight: 600;
      }
      .dishes {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(76px, 1fr));
        gap: 16px 8px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .dish {
        width: 100%;
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: 8px;
        font-size: var(--text-12);
        border-radius: var(--corner-card);
        padding: 4px;
      }
      .dish .name {
        max-width: 100%;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
        text-align: center;
        line-height: 1.3;
      }
      .ringed {
        position: relative;
        display: grid;
        padding: 4px;
        border-radius: 50%;
        background: var(--card);
        border: 1px solid var(--line);
      }
      .ringed.loading::after {
        content: '';
        position: absolute;
        inset: -2px;
        border-radius: 50%;
        border: 2px solid var(--olive);
        border-right-color: transparent;
        animation: turn 900ms linear infinite;
      }
      .ringed.alive::before {
        content: '';
        position: absolute;
        z-index: 1;
        right: 2px;
        bottom: 2px;
        width: 12px;
        height: 12px;
        border-radius: 50%;
        border: 2px solid var(--paper);
        background: var(--mint);
      }
      .offers {
        display: grid;
        gap: 0;
        margin: 0;
        padding: 0;
        list-style: none;
        background: var(--card);
        border: 1px solid var(--line);
        border-radius: var(--corner-card);
        overflow: hidden;
      }
      .offers li + li {
        border-top: 1px solid var(--line);
      }
      .offer {
        width: 100%;
        display: flex;
        align-items: center;
        gap: 14px;
        padding: 14px 16px;
        text-align: start;
      }
      .offer:hover {
        background: var(--plate);
      }
      .offer div {
        flex: 1;
        min-width: 0;
      }
      .offer h3 {
        font-size: var(--text-15);
        font-weight: 600;
      }
      .offer p {
        overflow: hidden;
        text-overflow: ellipsis;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        font-size: var(--text-13);
        color: var(--muted);
      }
      .offer .reason {
        margin-top: 2px;
        color: var(--olive-text);
        font-size: var(--text-12);
      }
      .offer > .icon {
        color: var(--muted);
      }
      .offer:focus-visible {
        outline-offset: -3px;
      }
      .notice {
        display: flex;
        align-items: center;
        gap: 12px;
        margin-bottom: 20px;
        padding: 12px 16px;
        border-radius: var(--corner-card);
        background: var(--plate);
        font-size: var(--text-13);
      }
      .notice button {
        margin-left: auto;
        min-height: var(--touch);
        padding: 0 8px;
        font-weight: 600;
        color: var(--olive-text);
      }
      .empty {
        padding: 40px 16px;
        text-align: center;
        color: var(--muted);
        display: grid;
        gap: 8px;
        justify-items: center;
      }
      .empty h2 {
        color: var(--ink);
        margin: 0;
        font-size: var(--text-17);
      }
      .open-link {
        margin: -12px 0 20px;
      }
      .skeleton {
        height: 72px;
        border-radius: var(--corner-card);
        background: var(--plate);
        margin-bottom: 8px;
        animation: breathe 1400ms ease-in-out infinite;
      }
      @keyframes turn {
        to {
          transform: rotate(1turn);
        }
      }
      @keyframes breathe {
        50% {
          opacity: 0.5;
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) table!: Table;
  @property({ attribute: false }) apps!: Apps;
  onAccount: () => void = () => undefined;
  @state() private wanted = '';
  @state() private slow = false;

  override connectedCallback(): void {
    super.connectedCallback();
    setTimeout(() => {
      this.slow = true;
    }, skeletonAfter);
  }

  focusSearch(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  protected override willUpdate(): void {
    this.observe(this.session, this.table, this.apps);
  }

  protected override render(): TemplateResult {
    return html`<div class="column">
      <header>
        <div class="title" role="heading" aria-level=${this.apps.count === 0 ? '1' : '2'}>${text('app.name')}</div>
        ${this.#person()}
      </header>
      ${this.#search()} ${this.#notice()}
      <mezze-mark-chooser .session=${this.session} place="home"></mezze-mark-chooser>
      ${this.wanted.trim() === '' ? this.#tableTop() : this.#found()}
    </div>`;
  }

  #person(): TemplateResult | typeof nothing {
    const { user } = this.session;
    if (user === undefined) return nothing;
    const colour = /^#[0-9a-f]{6}$/i.test(user.avatar_color ?? '') ? user.avatar_color : 'var(--mint)';
    return html`<button
      class="person"
      style="background:${colour}"
      aria-haspopup="dialog"
      aria-label=${text('account.open', { name: user.name })}
      @click=${() => this.onAccount()}
    >
      ${Array.from(user.name)[0] ?? '·'}
    </button>`;
  }

  #search(): TemplateResult {
    const target = this.#pasted();
    const submit = (event: Event) => {
      event.preventDefault();
      if (target !== undefined) void this.apps.open(target);
      else this.renderRoot.querySelector<HTMLElement>('.offer, .dish')?.click();
    };
    const input = (event: Event) => {
      this.wanted = (event.target as HTMLInputElement).value;
    };
    return html`<form role="search" @submit=${submit}>
        ${icon('search')}
        <input
          type="search"
          enterkeyhint="go"
          autocomplete="off"
          spellcheck="false"
          placeholder=${text('home.search')}
          aria-label=${text('home.search')}
          .value=${this.wanted}
          @input=${input}
        />
      </form>
      ${
        target === undefined
          ? nothing
          : html`<button class="primary open-link" @click=${() => void this.apps.open(target)}>
              ${icon('link')} ${text('home.open-link', { id: target.appId })}
            </button>`
      }`;
  }

  #pasted() {
    return parseLaunchUri(this.wanted.trim(), location.host);
  }

  #notice(): TemplateResult | typeof nothing {
    const { session } = this;
    if (session.offline) {
      return html`<div class="notice" role="status">
        ${icon('offline')} <span>${text('home.offline')}</span>
        <button @click=${() => void session.refresh()}>${text('home.refresh')}</button>
      </div>`;
    }
    if (session.problem !== undefined) {
      return html`<div class="notice" role="alert">
        ${icon('alert')} <span>${session.problem.title}</span>
        <button @click=${() => void session.refresh()}>${text('home.refresh')}</button>
      </div>`;
    }
    return nothing;
  }

  #tableTop(): TemplateResult {
    const { recents, favourites } = this.table;
    const list = this.session.list;
    return html`
      ${recents.length === 0 ? nothing : this.#dishes(text('home.recents'), recents)}
      ${favourites.length === 0 ? nothing : this.#dishes(text('home.favourites'), favourites)}
      ${list === undefined ? this.#waiting() : this.#offers(list)}
    `;
  }

  #waiting(): TemplateResult | typeof nothing {
    if (!this.slow || this.session.offline || this.session.problem !== undefined) return nothing;
    return html`<div aria-label=${text('loading')} role="progressbar">
      <div class="skeleton"></div>
      <div class="skeleton"></div>
      <div class="skeleton"></div>
    </div>`;
  }

  #dishes(title: string, dishes: readonly Dish[]): TemplateResult {
    return html`<section>
      <h2>${title}</h2>
      <ul class="dishes">
        ${dishes.map((dish) => {
          // The list knows the newest name and picture.
          const fresh = this.session.find(dish.app_id) ?? dish;
          const status = this.apps.isOpening(dish.app_id) ? 'loading' : this.apps.isAlive(dish.app_id) ? 'alive' : '';
          return html`<li>
            <button class="dish" @click=${(event: Event) => this.#open(event, dish.app_id)}>
              <span class="ringed ${status}">${plate(fresh.icon_url ?? '', fresh.name, 56)}</span>
              <span class="name">${fresh.name}</span>
            </button>
          </li>`;
        })}
      </ul>
    </section>`;
  }

  #offers(list: readonly MiniAppSummary[]): TemplateResult {
    if (list.length === 0) {
      return html`<div class="empty"><h2>${text('home.empty')}</h2><p>${text('home.empty.advice')}</p></div>`;
    }
    return html`<section>
      <h2>${text('home.suggested')}</h2>
      <ul class="offers">
        ${list.map((one) => this.#offer(one))}
      </ul>
    </section>`;
  }

  #offer(one: MiniAppSummary): TemplateResult {
    const about = one.description || one.publisher || '';
    return html`<li>
      <button class="offer" @click=${(event: Event) => this.#open(event, one.app_id)}>
        <span class="ringed ${this.apps.isOpening(one.app_id) ? 'loading' : ''}">
          ${plate(one.icon_url ?? '', one.name, 44)}
        </span>
        <div>
          <h3>${one.name}</h3>
          ${about === '' ? nothing : html`<p>${about}</p>`}
          ${one.suggested_reason ? html`<p class="reason">${reasonText(one.suggested_reason)}</p>` : nothing}
        </div>
        ${icon('chevronRight')}
      </button>
    </li>`;
  }

  #found(): TemplateResult | typeof nothing {
    if (this.#pasted() !== undefined) return nothing;
    const words = this.wanted.trim().toLowerCase().split(/\s+/);
    const found = (this.session.list ?? []).filter((one) => {
      const haystack = [one.name, one.description, one.publisher, one.category, one.app_id].join(' ').toLowerCase();
      return words.every((word) => haystack.includes(word));
    });
    if (found.length === 0) {
      return html`<div class="empty" role="status">
        <h2>${text('home.nothing-found')}</h2>
        <p>${text('home.nothing-found.advice')}</p>
      </div>`;
    }
    return html`<section aria-live="polite"><ul class="offers">${found.map((one) => this.#offer(one))}</ul></section>`;
  }

  #open(event: Event, appId: string): void {
    const dish = (event.currentTarget as Element).querySelector('.ringed');
    const from = dish?.getBoundingClientRect();
    const target = { appId, version: undefined, path: undefined, query: {} };
    void this.apps.open(target, from === undefined ? {} : { from });
  }
}

/** The platform names reasons by a word; one that is not known yet is shown as it is. */
function reasonText(reason: string): string {
  return reason === 'new' ? text('home.reason.new') : reason;
}
