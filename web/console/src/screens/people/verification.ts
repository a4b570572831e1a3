/** Who an organisation is: proving a domain, documents, and the operator's mark. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { array, type InferOutput } from 'valibot';
import { text } from '../../localization';
import { Act } from '../../parts/act';
import { announce, ConsoleElement, field, formOf } from '../../parts/element';
import { size } from '../../parts/format';
import { Loaded } from '../../parts/loaded';
import { call, part, withQuery } from '../../platform/client';
import { documentSchema, domainSchema, type Organisation, organisationSchema } from '../../platform/schemas';
import { session } from '../../session';
import '../../parts/secret';

type Document = InferOutput<typeof documentSchema>;

@customElement('console-verification')
export class VerificationElement extends ConsoleElement {
  @property({ attribute: false }) organisation!: Organisation;
  @state() private challenge: InferOutput<typeof domainSchema> | undefined;
  readonly #act = new Act(this);
  /** Its refusals stand beside what is to be published: a DNS record may need several tries. */
  readonly #proof = new Act(this);
  readonly #documents = new Loaded<Document[]>(this, async () =>
    this.#reads ? call('GET', `${this.#path}/documents`, array(documentSchema)) : [],
  );

  get #path(): string {
    return `/api/v1/organisations/${part(this.organisation.id)}`;
  }

  get #owns(): boolean {
    return this.organisation.role === 'owner';
  }

  get #reads(): boolean {
    return this.#owns || session.isStaff;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#reads) return nothing;
    return html`<section class="card">
      <h2>${text('verify')}</h2>
      ${this.#act.note()} ${this.#owns ? this.#domain() : nothing} ${this.#documentList()}
      ${session.has('admin') ? this.#mark() : nothing}
    </section>`;
  }

  #domain(): TemplateResult {
    const { challenge } = this;
    return html`<form class="line" @submit=${this.#begin}>
        <label class="field"
          >${text('verify.domain')}<input name="domain" required placeholder="example.org" spellcheck="false"
        /></label>
        <button class="secondary" aria-disabled=${this.#proof.busy}>${text('verify.begin')}</button>
      </form>
      <p class="advice">${text('verify.domain.advice')}</p>
      ${
        challenge === undefined
          ? this.#proof.note()
          : html`<console-secret
                caption=${text('verify.publish', { record: challenge.record, url: challenge.url })}
                value=${challenge.line}
              ></console-secret>
              ${this.#proof.note()}
              <button class="primary" aria-disabled=${this.#proof.busy} @click=${() => void this.#prove(challenge.domain)}>
                ${text('verify.prove')}
              </button>`
      }`;
  }

  #documentList(): TemplateResult {
    return html`<h3>${text('documents')}</h3>
      ${this.#documents.view((documents) =>
        documents.length === 0
          ? html`<p class="muted">${text('documents.none')}</p>`
          : html`<ul class="plain">
              ${documents.map(
                ({ id, name, size: bytes }) => html`<li>
                  <a href="${this.#path}/documents/${part(id)}" download=${name}>${name}</a>
                  <span class="muted">${size(bytes)}</span>
                </li>`,
              )}
            </ul>`,
      )}
      ${
        this.#owns
          ? html`<label class="field"
              >${text('documents.attach')}<input
                type="file"
                accept="application/pdf,image/png,image/jpeg"
                @change=${this.#attach}
            /></label>`
          : nothing
      }`;
  }

  #mark(): TemplateResult {
    const marked = this.organisation.verification === 'operator';
    return html`<form class="line" @submit=${this.#setMark}>
      <label class="field">${text('verify.note')}<input name="note" required maxlength="500" /></label>
      <button class=${marked ? 'secondary danger' : 'primary'} aria-disabled=${this.#act.busy}>
        ${text(marked ? 'verify.unmark' : 'verify.mark')}
      </button>
    </form>`;
  }

  readonly #begin = async (event: SubmitEvent) => {
    const body = { domain: field(formOf(event), 'domain') };
    this.challenge = await this.#proof.run(() => call('POST', `${this.#path}/domains`, domainSchema, { body }));
  };

  async #prove(domain: string): Promise<void> {
    const path = `${this.#path}/domains/proof`;
    const proved = await this.#proof.run(() => call('POST', path, organisationSchema, { body: { domain } }));
    if (proved === undefined) return;
    this.challenge = undefined;
    announce(this, 'organisation-changed', { ...proved, role: this.organisation.role });
  }

  readonly #attach = async (event: Event) => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (file === undefined) return;
    const path = withQuery(`${this.#path}/documents`, { name: file.name });
    const headers = { 'content-type': file.type };
    const attached = await this.#act.run(() => call('POST', path, documentSchema, { bytes: file, headers }));
    if (attached === undefined) return;
    input.value = '';
    await this.#documents.reload();
  };

  readonly #setMark = async (event: SubmitEvent) => {
    const form = formOf(event);
    const body = { verified: this.organisation.verification !== 'operator', note: field(form, 'note') };
    const marked = await this.#act.run(() => call('PUT', `${this.#path}/verification`, organisationSchema, { body }));
    if (marked === undefined) return;
    form.reset();
    announce(this, 'organisation-changed', { ...marked, role: this.organisation.role });
  };
}
