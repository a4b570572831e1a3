/** What the operator warned the publisher of, above everything else of the mini app. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../../localization';
import { ConsoleElement } from '../../parts/element';
import { time } from '../../parts/format';
import { Pages } from '../../parts/pages';
import { page, part } from '../../platform/client';
import { type PublisherWarning, warningSchema } from '../../platform/schemas';

@customElement('console-warnings')
export class WarningsElement extends ConsoleElement {
  @property({ attribute: 'app-id' }) appId = '';
  readonly #pages = new Pages<PublisherWarning>(this, (after) =>
    page(`/api/v1/apps/${part(this.appId)}/warnings`, warningSchema, { limit: 5 }, after),
  );

  protected override render(): TemplateResult {
    return html`${this.#pages.view(
      (warnings) => html`<section class="note attention" aria-label=${text('warnings.title')}>
        <strong>${text('warnings.title')}</strong>
        <ul>
          ${warnings.map(
            (warning) => html`<li>
              ${warning.text}
              <span class="small muted">${text(`reports.reason.${warning.reason}`)}, ${time(warning.created_at)}</span>
            </li>`,
          )}
        </ul>
        <p class="hint">${text('warnings.advice')}</p>
      </section>`,
      () => nothing,
    )}`;
  }
}
