/** All organisations of the platform, and whether they are verified. */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { text } from '../../localization';
import { ConsoleElement, emptyNote } from '../../parts/element';
import { time } from '../../parts/format';
import { Pages } from '../../parts/pages';
import { verificationPill } from '../../parts/pill';
import { searchForm } from '../../parts/search';
import { page } from '../../platform/client';
import { type Organisation, organisationSchema } from '../../platform/schemas';
import { router, to } from '../../router';

const kinds = ['unverified', 'domain', 'operator'] as const;

@customElement('console-publishers')
export class PublishersElement extends ConsoleElement {
  readonly #pages = new Pages<Organisation>(this, (after) =>
    page(
      '/api/v1/publishers',
      organisationSchema,
      { search: router.query('search'), verification: router.query('verification') },
      after,
    ),
  );

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(router);
  }

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <h1>${text('publishers.title')}</h1>
      ${searchForm(() => void this.#pages.reload(), this.#choice())}
      ${this.#pages.view(
        (items) => this.#list(items),
        () => emptyNote(text('publishers.empty'), text('publishers.empty.advice')),
      )}
    </div>`;
  }

  #choice(): TemplateResult {
    const chosen = router.query('verification');
    const take = (event: Event) => {
      router.setQuery('verification', (event.target as HTMLSelectElement).value);
      void this.#pages.reload();
    };
    return html`<label class="field"
      >${text('publishers.verification')}<select @change=${take}>
        <option value="">${text('publishers.any')}</option>
        ${kinds.map(
          (kind) => html`<option value=${kind} ?selected=${kind === chosen}>
            ${text(`verification.${kind}`, { domain: '' })}
          </option>`,
        )}
      </select></label
    >`;
  }

  #list(items: readonly Organisation[]): TemplateResult {
    return html`<div class="card">
      <ul class="plain">
        ${items.map(
          (one) => html`<li class="head">
            <span>
              <a href=${to('organisations', one.id)}><strong>${one.name}</strong></a>
              <span class="small muted">${one.website ?? ''} ${time(one.created_at)}</span>
            </span>
            ${verificationPill(one)}
          </li>`,
        )}
      </ul>
    </div>`;
  }
}
