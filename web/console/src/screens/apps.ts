/** My apps: the list, and reserving another one. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { text } from '../localization';
import { Act } from '../parts/act';
import { appTable } from '../parts/app-table';
import { categoryOptions } from '../parts/category';
import { ConsoleElement, emptyNote, field, formOf } from '../parts/element';
import { Pages } from '../parts/pages';
import { call, page } from '../platform/client';
import { appSchema, organisationSchema } from '../platform/schemas';
import { router, to } from '../router';
import { session } from '../session';

@customElement('console-apps')
export class AppsElement extends ConsoleElement {
  @state() private reserving = false;
  readonly #pages = new Pages(this, (after) => page('/api/v1/apps', appSchema, {}, after));
  readonly #act = new Act(this);

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(session);
  }

  protected override render(): TemplateResult {
    const open = () => {
      this.reserving = true;
    };
    const button = html`<button class="primary" @click=${open}>${text('apps.reserve')}</button>`;
    return html`<div class="stack">
      <div class="head">
        <h1>${text('apps.title')}</h1>
        ${this.reserving || this.#pages.items.length === 0 ? nothing : button}
      </div>
      ${this.reserving ? this.#form() : nothing}
      ${this.#pages.view(
        (items) => html`<div class="card">${appTable(items)}</div>`,
        () => (this.reserving ? nothing : emptyNote(text('apps.empty'), text('apps.empty.advice'), button)),
      )}
    </div>`;
  }

  #form(): TemplateResult {
    const organisations = session.organisations.filter(({ role }) => role === 'owner' || role === 'developer');
    const close = () => {
      this.reserving = false;
    };
    return html`<form class="card" @submit=${this.#reserve}>
      <h2>${text('apps.reserve')}</h2>
      <label class="field"
        >${text('apps.id')}<input
          name="id"
          required
          maxlength="128"
          pattern="[A-Za-z0-9._~\\-]+"
          autocapitalize="off"
          spellcheck="false"
          placeholder="org.example.menu"
          aria-describedby="id-advice"
      /></label>
      <p class="advice" id="id-advice">${text('apps.id.advice')}</p>
      <label class="field">${text('apps.name')}<input name="name" required maxlength="60" /></label>
      <label class="field">${text('apps.category')}<select name="category">${categoryOptions('')}</select></label>
      <label class="field">${text('apps.description')}<textarea name="description" maxlength="2000"></textarea></label>
      ${
        organisations.length < 2
          ? nothing
          : html`<label class="field"
              >${text('apps.organisation')}<select name="organisation">
                ${organisations.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
              </select></label
            >`
      }
      ${organisations.length > 0 || session.me?.role !== 'user' ? nothing : newOrganisation()}
      <p class="advice">${text('apps.icon.advice')}</p>
      ${this.#act.note()}
      <div class="actions">
        <button class="primary" aria-disabled=${this.#act.busy}>${text('apps.reserve.submit')}</button>
        <button class="quiet" type="button" @click=${close}>${text('cancel')}</button>
      </div>
    </form>`;
  }

  readonly #reserve = async (event: SubmitEvent) => {
    const form = formOf(event);
    const given = (name: string) => field(form, name) || undefined;
    const body = {
      app_id: field(form, 'id'),
      name: field(form, 'name'),
      category: given('category'),
      description: given('description'),
      organisation_id: given('organisation'),
    };
    const publisher = field(form, 'publisher');
    const app = await this.#act.run(async () => {
      // Made first and remembered: where the id is refused, the next try finds it.
      if (publisher !== '') await makeOrganisation(publisher);
      return call('POST', '/api/v1/apps', appSchema, { body });
    });
    if (app === undefined) return;
    if (session.organisations.length === 0) await this.#act.run(() => session.refreshOrganisations());
    router.go(to('apps', app.app_id));
  };
}

/** Mini apps belong to an organisation; whoever has none yet makes one along with the first. */
function newOrganisation(): TemplateResult {
  return html`<label class="field"
      >${text('apps.publisher')}<input name="publisher" required maxlength="80" aria-describedby="publisher-advice"
    /></label>
    <p class="advice" id="publisher-advice">${text('apps.publisher.advice')}</p>`;
}

async function makeOrganisation(name: string): Promise<void> {
  await call('POST', '/api/v1/organisations', organisationSchema, { body: { name } });
  await session.refreshOrganisations();
}
