/** What is set for a mini app: name, category, description, and the lowest version that opens. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { text } from '../../localization';
import { CarefulAct } from '../../parts/act';
import { categoryOptions } from '../../parts/category';
import { announce, ConsoleElement, field, formOf } from '../../parts/element';
import { call, part } from '../../platform/client';
import { type App, appSchema } from '../../platform/schemas';

@customElement('console-app-settings')
export class AppSettingsElement extends ConsoleElement {
  @property({ attribute: false }) app!: App;
  @property({ type: Boolean }) own = false;
  @state() private saved = false;
  readonly #act = new CarefulAct<App>(
    this,
    () => this.app,
    () => call('GET', this.#path, appSchema),
    (app) => announce(this, 'app-changed', app),
  );

  get #path(): string {
    return `/api/v1/apps/${part(this.app.app_id)}`;
  }

  /** Values are the fields' defaults: what a person typed stays when the app is loaded anew. */
  protected override render(): TemplateResult {
    const { app } = this;
    const touched = () => {
      this.saved = false;
    };
    return html`<form class="card" @submit=${this.#save} @input=${touched}>
      <fieldset ?disabled=${!this.own}>
        <div class="stack">
          <label class="field"
            >${text('apps.name')}<input name="name" required maxlength="60" value=${app.name ?? ''}
          /></label>
          <label class="field"
            >${text('apps.category')}<select name="category">${categoryOptions(app.category ?? '')}</select></label
          >
          <label class="field"
            >${text('apps.description')}<textarea
              name="description"
              maxlength="2000"
              .defaultValue=${app.description ?? ''}
            ></textarea></label
          >
          <label class="field"
            >${text('app.minimum')}<input
              name="minimum"
              type="number"
              min=${app.minimum_version_code}
              value=${app.minimum_version_code}
              aria-describedby="minimum-advice"
          /></label>
          <p class="advice" id="minimum-advice">${text('app.minimum.advice')}</p>
          <p class="advice">${text('apps.icon.advice')}</p>
        </div>
      </fieldset>
      ${this.#act.note()}
      ${this.saved ? html`<div class="note good" role="status">${text('saved')}</div>` : nothing}
      ${this.own ? html`<button class="primary" aria-disabled=${this.#act.busy}>${text('save')}</button>` : nothing}
    </form>`;
  }

  readonly #save = async (event: SubmitEvent) => {
    const form = formOf(event);
    const category = field(form, 'category');
    const minimum = Number(field(form, 'minimum'));
    const body = {
      name: field(form, 'name'),
      description: field(form, 'description'),
      ...(category === '' ? {} : { category }),
      ...(minimum > this.app.minimum_version_code ? { minimum_version_code: minimum } : {}),
    };
    this.saved = await this.#act.change((revision) => call('PATCH', this.#path, appSchema, { body, revision }));
  };
}
