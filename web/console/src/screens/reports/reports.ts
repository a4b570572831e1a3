/** Users' reports of mini apps: what waits, by state and app. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { text } from '../../localization';
import { ConsoleElement, emptyNote, field, formOf } from '../../parts/element';
import { fromNow } from '../../parts/format';
import { Pages } from '../../parts/pages';
import { page } from '../../platform/client';
import { reportStates, type UserReport, userReportSchema } from '../../platform/schemas';
import { router, to } from '../../router';
import { reportPill } from './words';

/** In the address where every state is wanted; without a choice what is open is shown. */
const every = 'any';

@customElement('console-reports')
export class ReportsElement extends ConsoleElement {
  readonly #pages = new Pages<UserReport>(this, (after) => {
    const state = this.#state === every ? '' : this.#state;
    return page('/api/v1/reports', userReportSchema, { state, app_id: router.query('app') }, after);
  });

  get #state(): string {
    return router.query('state') || 'open';
  }

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(router);
  }

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <h1>${text('reports.title')}</h1>
      ${this.#filter()}
      ${this.#pages.view(
        (items) => this.#list(items),
        () => emptyNote(text('reports.empty'), text('reports.empty.advice')),
      )}
    </div>`;
  }

  #filter(): TemplateResult {
    const submit = (event: SubmitEvent) => {
      router.setQuery('app', field(formOf(event), 'app'));
      void this.#pages.reload();
    };
    const take = (event: Event) => {
      router.setQuery('state', (event.target as HTMLSelectElement).value);
      void this.#pages.reload();
    };
    const option = (value: string, words: string) =>
      html`<option value=${value} ?selected=${value === this.#state}>${words}</option>`;
    return html`<form class="line" role="search" @submit=${submit}>
      <label class="field"
        >${text('reports.app')}<input name="app" type="search" spellcheck="false" value=${router.query('app')}
      /></label>
      <label class="field"
        >${text('reports.state')}<select @change=${take}>
          ${reportStates.map((state) => option(state, text(`reports.state.${state}`)))} ${option(every, text('reports.any'))}
        </select></label
      >
      <button class="secondary">${text('search.submit')}</button>
    </form>`;
  }

  #list(items: readonly UserReport[]): TemplateResult {
    return html`<div class="card">
      <ul class="plain">
        ${items.map(
          (report) => html`<li class="head">
            <span>
              <a href=${to('reports', report.id)}><strong>${text(`reports.reason.${report.reason}`)}</strong></a>
              <br />${report.app_name} ${report.version} <code class="muted">${report.app_id}</code><br />
              <span class="small muted">
                ${text('reports.reported')} ${fromNow(report.created_at)}
                ${report.handler_name == null ? nothing : html`· ${text('reports.by', { name: report.handler_name })}`}
              </span>
            </span>
            ${reportPill(report.state)}
          </li>`,
        )}
      </ul>
    </div>`;
  }
}
