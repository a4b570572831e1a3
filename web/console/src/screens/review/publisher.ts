/** Whose mini app it is: what a reviewer compares name, icon and content with. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text, textOr } from '../../localization';
import { ConsoleElement } from '../../parts/element';
import { Loaded } from '../../parts/loaded';
import { verificationPill } from '../../parts/pill';
import { call, part } from '../../platform/client';
import { type App, appSchema, type Organisation, organisationSchema } from '../../platform/schemas';
import { to } from '../../router';

interface Shown {
  app: App;
  organisation: Organisation | undefined;
}

@customElement('console-publisher')
export class PublisherElement extends ConsoleElement {
  @property({ attribute: 'app-id' }) appId = '';
  readonly #shown = new Loaded<Shown>(this, async () => {
    const app = await call('GET', `/api/v1/apps/${part(this.appId)}`, appSchema);
    const path = `/api/v1/organisations/${part(app.organisation_id ?? '')}`;
    const organisation = app.organisation_id == null ? undefined : await call('GET', path, organisationSchema);
    return { app, organisation };
  });

  protected override render(): TemplateResult {
    return html`${this.#shown.view(({ app, organisation }) => {
      const category = app.category == null ? '–' : textOr(`category.${app.category}`, app.category);
      return html`<dl>
        <dt>${text('review.publisher')}</dt>
        <dd>
          ${
            organisation === undefined
              ? '–'
              : html`<a href=${to('organisations', organisation.id)}>${organisation.name}</a>
                  ${verificationPill(organisation)}`
          }
        </dd>
        <dt>${text('apps.category')}</dt>
        <dd>${category}</dd>
        ${app.description == null ? nothing : html`<dt>${text('apps.description')}</dt><dd>${app.description}</dd>`}
      </dl>`;
    })}`;
  }
}
