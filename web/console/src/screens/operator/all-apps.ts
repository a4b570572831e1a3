/** Every mini app of the platform, for the operator's staff. */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { text } from '../../localization';
import { appTable } from '../../parts/app-table';
import { ConsoleElement, emptyNote } from '../../parts/element';
import { Pages } from '../../parts/pages';
import { searchForm } from '../../parts/search';
import { page } from '../../platform/client';
import { type App, appSchema } from '../../platform/schemas';
import { router } from '../../router';

@customElement('console-all-apps')
export class AllAppsElement extends ConsoleElement {
  readonly #pages = new Pages<App>(this, (after) =>
    page('/api/v1/apps', appSchema, { all: true, search: router.query('search') }, after),
  );

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(router);
  }

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <h1>${text('all-apps.title')}</h1>
      ${searchForm(() => void this.#pages.reload())}
      ${this.#pages.view(
        (apps) => html`<div class="card">${appTable(apps)}</div>`,
        () => emptyNote(text('all-apps.empty'), text('all-apps.empty.advice')),
      )}
    </div>`;
  }
}
