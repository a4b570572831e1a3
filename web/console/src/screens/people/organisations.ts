/** My organisations: making one, and accepting an invitation. */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { text, textOr } from '../../localization';
import { Act } from '../../parts/act';
import { ConsoleElement, emptyNote, field, formOf } from '../../parts/element';
import { verificationPill } from '../../parts/pill';
import { call } from '../../platform/client';
import { invitationAcceptedSchema, organisationSchema } from '../../platform/schemas';
import { router, to } from '../../router';
import { session } from '../../session';

@customElement('console-organisations')
export class OrganisationsElement extends ConsoleElement {
  @state() private accepted = '';
  readonly #make = new Act(this);
  readonly #accept = new Act(this);

  protected override willUpdate(_changes: PropertyValues): void {
    this.observe(session);
  }

  protected override render(): TemplateResult {
    const { organisations } = session;
    return html`<div class="stack">
      <h1>${text('organisations.title')}</h1>
      ${
        organisations.length === 0
          ? emptyNote(text('organisations.empty'), text('organisations.empty.advice'))
          : html`<div class="card">
              <ul class="plain">
                ${organisations.map(
                  (one) => html`<li class="head">
                    <a href=${to('organisations', one.id)}><strong>${one.name}</strong></a>
                    <span class="muted">${one.role == null ? '' : text(`role.${one.role}`)}</span>
                    ${verificationPill(one)}
                  </li>`,
                )}
              </ul>
            </div>`
      }
      <section class="card">
        <h2>${text('organisations.new')}</h2>
        <form class="line" @submit=${this.#doMake}>
          <label class="field">${text('organisations.name')}<input name="name" required maxlength="80" /></label>
          <label class="field"
            >${text('organisations.website')}<input name="website" type="url" placeholder="https://"
          /></label>
          <button class="primary" aria-disabled=${this.#make.busy}>${text('organisations.submit')}</button>
        </form>
        ${this.#make.note()}
      </section>
      <section class="card">
        <h2>${text('organisations.accept')}</h2>
        <form class="line" @submit=${this.#doAccept}>
          <label class="field"
            >${text('organisations.code')}<input name="code" required autocomplete="off" spellcheck="false"
          /></label>
          <button class="secondary" aria-disabled=${this.#accept.busy}>${text('organisations.accept.submit')}</button>
        </form>
        ${this.#accept.note()}
        ${this.accepted === '' ? '' : html`<div class="note good" role="status">${this.accepted}</div>`}
      </section>
    </div>`;
  }

  readonly #doMake = async (event: SubmitEvent) => {
    const form = formOf(event);
    const website = field(form, 'website');
    const body = { name: field(form, 'name'), ...(website === '' ? {} : { website }) };
    const made = await this.#make.run(() => call('POST', '/api/v1/organisations', organisationSchema, { body }));
    if (made === undefined) return;
    await this.#make.run(() => session.refreshOrganisations());
    router.go(to('organisations', made.id));
  };

  readonly #doAccept = async (event: SubmitEvent) => {
    const form = formOf(event);
    const body = { code: field(form, 'code') };
    const role = await this.#accept.run(async () => {
      const answer = await call('POST', '/api/v1/invitations/accept', invitationAcceptedSchema, { body });
      await session.entered();
      return answer.role;
    });
    if (role === undefined) return;
    form.reset();
    this.accepted = text('organisations.accepted', { role: textOr(`role.${role}`, role) });
  };
}
