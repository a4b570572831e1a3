/** The audit trail of the whole platform, newest first. */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { text } from '../../localization';
import { auditList } from '../../parts/audit-list';
import { ConsoleElement, emptyNote, field, formOf } from '../../parts/element';
import { Pages } from '../../parts/pages';
import { page } from '../../platform/client';
import { type AuditEntry, auditEntrySchema } from '../../platform/schemas';
import { router } from '../../router';

@customElement('console-audit')
export class AuditElement extends ConsoleElement {
  readonly #pages = new Pages<AuditEntry>(this, (after) =>
    page('/api/v1/audit', auditEntrySchema, { app_id: router.query('app') }, after),
  );

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(router);
  }

  protected override render(): TemplateResult {
    const search = (event: SubmitEvent) => {
      router.setQuery('app', field(formOf(event), 'app'));
      void this.#pages.reload();
    };
    return html`<div class="stack">
      <h1>${text('audit.title')}</h1>
      <form class="line" role="search" @submit=${search}>
        <label class="field"
          >${text('audit.app')}<input name="app" value=${router.query('app')} spellcheck="false"
        /></label>
        <button class="secondary">${text('search.submit')}</button>
      </form>
      ${this.#pages.view(auditList, () => emptyNote(text('audit.empty'), text('audit.empty.advice')))}
    </div>`;
  }
}
