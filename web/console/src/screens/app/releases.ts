/** The releases of a mini app, newest version first, by state; and uploading another. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { text } from '../../localization';
import { ConsoleElement, emptyNote } from '../../parts/element';
import { size, time } from '../../parts/format';
import { Pages } from '../../parts/pages';
import { statePill } from '../../parts/pill';
import { page, part } from '../../platform/client';
import { type Release, releaseSchema, releaseStates } from '../../platform/schemas';
import { router, to } from '../../router';
import '../release/upload-form';

@customElement('console-releases')
export class ReleasesElement extends ConsoleElement {
  @property({ attribute: 'app-id' }) appId = '';
  @property({ type: Boolean }) own = false;
  @state() private uploading = false;
  readonly #pages = new Pages(this, (after) =>
    page(`/api/v1/apps/${part(this.appId)}/releases`, releaseSchema, {}, after),
  );

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(router);
  }

  protected override render(): TemplateResult {
    const open = () => {
      this.uploading = true;
    };
    const button = this.own ? html`<button class="primary" @click=${open}>${text('app.upload')}</button>` : nothing;
    const made = (event: CustomEvent<Release>) => router.go(to('releases', event.detail.id));
    const close = () => {
      this.uploading = false;
    };
    return html`<div class="stack">
      ${this.uploading || this.#pages.items.length === 0 ? nothing : html`<div class="actions low">${this.#filter()}${button}</div>`}
      ${
        this.uploading
          ? html`<console-upload-form @release-made=${made} @upload-closed=${close}></console-upload-form>`
          : nothing
      }
      ${this.#pages.view(
        (items) => this.#list(items),
        () => (this.uploading ? nothing : emptyNote(text('release.none'), text('release.none.advice'), button)),
      )}
    </div>`;
  }

  #filter(): TemplateResult {
    const chosen = router.query('state');
    const take = (event: Event) => router.setQuery('state', (event.target as HTMLSelectElement).value);
    return html`<label class="field"
      >${text('release.filter')}<select @change=${take}>
        <option value="">${text('release.filter.all')}</option>
        ${releaseStates.map(
          (state) => html`<option value=${state} ?selected=${state === chosen}>${text(`state.${state}`)}</option>`,
        )}
      </select></label
    >`;
  }

  #list(items: readonly Release[]): TemplateResult {
    const chosen = router.query('state');
    const shown = chosen === '' ? items : items.filter(({ state }) => state === chosen);
    if (shown.length === 0) return html`<p class="muted">${text('release.none-such')}</p>`;
    return html`<div class="card scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">${text('release.version')}</th>
            <th scope="col">${text('release.state')}</th>
            <th scope="col" class="number">${text('release.size')}</th>
            <th scope="col">${text('release.created')}</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (release) => html`<tr>
              <td>
                <a href=${to('releases', release.id)}><strong>${release.version}</strong></a>
                <span class="muted">(${release.version_code})</span>
              </td>
              <td>${statePill(release.state)}</td>
              <td class="number">${release.package_size == null ? '–' : size(release.package_size)}</td>
              <td>${time(release.created_at)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}
