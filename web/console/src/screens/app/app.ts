/** One mini app: its releases, testers, keys, settings and history, each an address of its own. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../../localization';
import { appState } from '../../parts/app-table';
import { ConsoleElement } from '../../parts/element';
import { Loaded } from '../../parts/loaded';
import { tabs } from '../../parts/tabs';
import { call, part } from '../../platform/client';
import { type App, appSchema } from '../../platform/schemas';
import { router, to } from '../../router';
import { session } from '../../session';
import '../../parts/history';
import './keys';
import './releases';
import './settings';
import './testers';
import './warnings';

const parts = ['releases', 'testers', 'keys', 'settings', 'history'] as const;

@customElement('console-app')
export class AppElement extends ConsoleElement {
  @property({ attribute: 'app-id' }) appId = '';
  readonly #app = new Loaded<App>(this, () => call('GET', `/api/v1/apps/${part(this.appId)}`, appSchema));

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(router, session);
  }

  protected override render(): TemplateResult {
    const names = parts.map((name) => ({ name, title: text(`app.${name}`) }));
    return html`${this.#app.view(
      (app) => html`<div class="stack">
        <div class="head">
          <h1>${app.name ?? text('app.not-named')}</h1>
          ${appState(app)}
        </div>
        <div class="actions">
          <code>${app.app_id}</code>
          ${
            app.current_release_id == null
              ? nothing
              : html`<a class="small" href="/miniapp/${app.app_id}" target="_blank">${text('app.open')}</a>`
          }
          ${
            session.has('reviewer') || session.has('support')
              ? html`<a class="small" href="${to('reports')}?state=any&app=${encodeURIComponent(app.app_id)}"
                  >${text('reports.title')}</a
                >`
              : nothing
          }
        </div>
        <console-warnings app-id=${app.app_id}></console-warnings>
        ${tabs(text('app.parts'), names)}
        ${this.#part(app)}
      </div>`,
    )}`;
  }

  #part(app: App): TemplateResult {
    const changed = (event: CustomEvent<App>) => this.#app.set(event.detail);
    switch (router.query('tab')) {
      case 'testers':
        return html`<console-testers app-id=${app.app_id} ?own=${session.develops(app)}></console-testers>`;
      case 'keys':
        return html`<console-keys app-id=${app.app_id} ?manages=${session.owns(app) || session.has('admin')}></console-keys>`;
      case 'settings':
        return html`<console-app-settings .app=${app} ?own=${session.develops(app)} @app-changed=${changed}>
        </console-app-settings>`;
      case 'history':
        return html`<console-history app-id=${app.app_id}></console-history>`;
      default:
        return html`<console-releases app-id=${app.app_id} ?own=${session.develops(app)}></console-releases>`;
    }
  }
}
