/** One organisation: its members, inviting others, and who it is to users. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ConsoleElement } from '../../parts/element';
import { Loaded } from '../../parts/loaded';
import { verificationPill } from '../../parts/pill';
import { call, part } from '../../platform/client';
import { type Organisation, organisationSchema } from '../../platform/schemas';
import './members';
import './verification';

@customElement('console-organisation')
export class OrganisationElement extends ConsoleElement {
  @property({ attribute: 'organisation-id' }) organisationId = '';
  readonly #organisation = new Loaded<Organisation>(this, () =>
    call('GET', `/api/v1/organisations/${part(this.organisationId)}`, organisationSchema),
  );

  protected override render(): TemplateResult {
    const changed = (event: CustomEvent<Organisation>) => this.#organisation.set(event.detail);
    return html`${this.#organisation.view(
      (organisation) => html`<div class="stack">
        <div class="head">
          <h1>${organisation.name}</h1>
          ${verificationPill(organisation)}
        </div>
        ${
          organisation.website == null
            ? nothing
            : html`<a href=${safeLink(organisation.website)} target="_blank" rel="noopener noreferrer">${organisation.website}</a>`
        }
        <console-members .organisation=${organisation}></console-members>
        <console-verification
          .organisation=${organisation}
          @organisation-changed=${changed}
        ></console-verification>
      </div>`,
    )}`;
  }
}

/** A publisher's own words are never an address that runs something. */
function safeLink(address: string): string {
  return /^https?:\/\//i.test(address) ? address : `https://${address}`;
}
