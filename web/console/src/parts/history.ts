/** What was done with one mini app or one release: its part of the audit trail. */
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../localization';
import { page } from '../platform/client';
import { auditEntrySchema } from '../platform/schemas';
import { auditList } from './audit-list';
import { ConsoleElement } from './element';
import { Pages } from './pages';

@customElement('console-history')
export class HistoryElement extends ConsoleElement {
  @property({ attribute: 'app-id' }) appId = '';
  /** A release of it; all of the mini app's where it is empty. */
  @property({ attribute: 'subject-id' }) subjectId = '';
  readonly #pages = new Pages(this, (after) =>
    page('/api/v1/audit', auditEntrySchema, { app_id: this.appId, subject_id: this.subjectId, limit: 20 }, after),
  );

  protected override render(): TemplateResult {
    return html`<div class="stack">
      ${this.#pages.view(auditList, () => html`<p class="muted">${text('history.empty')}</p>`)}
    </div>`;
  }
}
