/** The frame: the menu of places, the screen, and signing in before or above it. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { locale } from '../../../common/locale';
import { setLocale, text, textOr } from '../localization';
import { ConsoleElement, emptyNote } from '../parts/element';
import { skeleton } from '../parts/loaded';
import { problemNote } from '../parts/problem';
import { router, to } from '../router';
import { session } from '../session';
import { developing, isOpen, operating, type Place, placeOf } from './places';
import './sign-in';

@customElement('console-frame')
export class FrameElement extends ConsoleElement {
  static override styles = [
    ...ConsoleElement.styles,
    css`
      :host {
        position: fixed;
        inset: 0;
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        background: var(--paper);
      }
      header {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: calc(8px + var(--inset-top)) 16px 8px;
        border-bottom: 1px solid var(--line);
      }
      header img,
      .brand img {
        width: 28px;
        height: 28px;
      }
      header strong {
        flex: 1;
      }
      .brand {
        display: none;
        align-items: center;
        gap: 12px;
        padding: 12px 12px 4px;
      }
      nav {
        display: none;
        overflow-y: auto;
        padding: 8px 12px 16px;
        background: var(--paper);
      }
      nav.open {
        display: block;
        position: absolute;
        inset: calc(61px + var(--inset-top)) 0 0;
        z-index: 2;
      }
      nav h2 {
        margin: 16px 12px 4px;
        font-size: var(--text-12);
        color: var(--muted);
      }
      nav a,
      nav button {
        display: flex;
        align-items: center;
        width: 100%;
        min-height: var(--touch);
        padding: 0 12px;
        border-radius: var(--corner-control);
        color: var(--ink);
        text-decoration: none;
        text-align: left;
      }
      nav a[aria-current] {
        background: var(--plate);
        font-weight: 600;
      }
      main {
        min-width: 0;
        overflow: auto;
        padding: 16px 16px calc(48px + var(--inset-bottom));
        overscroll-behavior: contain;
      }
      main > * {
        max-width: 1280px;
        margin: 0 auto;
      }
      main:focus {
        outline: none;
      }
      .skip {
        position: absolute;
        left: -999px;
      }
      .skip:focus {
        left: 16px;
        top: 8px;
        z-index: 3;
      }
      .again {
        position: absolute;
        inset: 0;
        z-index: 4;
        overflow: auto;
        background: var(--veil);
      }
      @media (min-width: 900px) {
        :host {
          grid-template: minmax(0, 1fr) / 220px minmax(0, 1fr);
        }
        :host(.alone) {
          grid-template-columns: minmax(0, 1fr);
        }
        header {
          display: none;
        }
        .brand {
          display: flex;
        }
        nav {
          display: block;
          border-right: 1px solid var(--line);
        }
        main {
          padding: 32px 40px 64px;
        }
      }
    `,
  ];

  @state() private menuOpen = false;
  #path = router.path;

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(session, router);
    if (router.path !== this.#path) {
      this.#path = router.path;
      this.menuOpen = false;
      void this.#arrive();
    }
    this.classList.toggle('alone', session.state !== 'ready');
    document.title = `${text('console')} · ${session.facts?.name ?? 'Mezze'}`;
  }

  protected override render(): TemplateResult {
    if (session.state !== 'ready') return html`<main>${this.#before()}</main>`;
    const expired = session.expired;
    const toggle = () => {
      this.menuOpen = !this.menuOpen;
    };
    return html`
      <button class="skip secondary" ?inert=${expired} @click=${() => this.#toContent()}>${text('to-content')}</button>
      <header ?inert=${expired}>
        <img src="/icons/mezze.svg" alt="" />
        <strong>${text('console')}</strong>
        <button class="secondary" aria-expanded=${this.menuOpen ? 'true' : 'false'} aria-controls="places" @click=${toggle}>
          ${text('menu')}
        </button>
      </header>
      <nav id="places" class=${this.menuOpen ? 'open' : ''} aria-label=${text('places')} ?inert=${expired}>
        <div class="brand">
          <img src="/icons/mezze.svg" alt="" />
          <strong>${text('console')}</strong>
        </div>
        ${this.#menu()}
      </nav>
      <main id="content" ?inert=${expired || this.menuOpen}>${keyed(router.path, this.#screen())}</main>
      ${
        expired
          ? html`<div class="again" role="dialog" aria-modal="true" aria-label=${text('sign-in.again')}>
              <console-sign-in again></console-sign-in>
            </div>`
          : nothing
      }
    `;
  }

  #before(): TemplateResult {
    if (session.problem !== undefined) return problemNote(session.problem, () => void session.start());
    return session.state === 'starting' ? skeleton() : html`<console-sign-in></console-sign-in>`;
  }

  #menu(): TemplateResult {
    const group = (title: string, places: Place[]) => {
      const open = places.filter((place) => place.name !== undefined && isOpen(place));
      return open.length === 0 ? nothing : html`<h2>${title}</h2>${open.map((place) => this.#link(place))}`;
    };
    const other = locale() === 'en' ? 'zh' : 'en';
    return html`
      ${group(text('place.operating'), operating)} ${group(text('place.developing'), developing)}
      <h2>${session.me?.name ?? ''}</h2>
      <a href="/" target="_self">${text('super-app')}</a>
      <button lang=${other === 'zh' ? 'zh-Hans' : 'en'} @click=${() => setLocale(other)}>${text('language')}</button>
      <button @click=${() => void session.signOut()}>${text('sign-out')}</button>
    `;
  }

  #link(place: Place): TemplateResult {
    const first = router.path.split('/')[0] ?? '';
    const owner = first === 'apps' || first === 'releases' ? '' : first;
    const current = owner === place.pattern;
    const href = place.pattern === '' ? '/console/' : to(place.pattern);
    return html`<a href=${href} aria-current=${current ? 'page' : nothing}>
      ${place.name === undefined ? nothing : text(place.name)}
    </a>`;
  }

  #screen(): TemplateResult {
    const found = placeOf(router.path);
    if (found === undefined) return emptyNote(text('not-here'), text('not-here.advice'));
    const { place, values } = found;
    if (isOpen(place)) return place.screen(...values);
    const roles = typeof place.role === 'string' ? [] : (place.role ?? []);
    const role = roles.map((one) => textOr(`role.${one}`, one)).join(' / ') || text('place.operating');
    return emptyNote(text('not-yours'), text('not-yours.advice', { role }));
  }

  /** A new screen begins at its top, and screen readers begin with it. */
  async #arrive(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector('main')?.scrollTo(0, 0);
    this.#toContent();
  }

  #toContent(): void {
    const main = this.renderRoot.querySelector('main');
    if (main === null) return;
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
  }
}
