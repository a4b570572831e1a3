/** The signing keys of a mini app: adding one that an old one vouches for, and revoking one. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { array } from 'valibot';
import { text } from '../../localization';
import { Act } from '../../parts/act';
import { ConsoleElement, emptyNote, field, formOf } from '../../parts/element';
import { time } from '../../parts/format';
import { Loaded } from '../../parts/loaded';
import { call, part } from '../../platform/client';
import { type Key, keySchema } from '../../platform/schemas';

/** Enough of a key to tell it from others. */
const short = (key: string) => `${key.slice(0, 12)}…`;

@customElement('console-keys')
export class KeysElement extends ConsoleElement {
  @property({ attribute: 'app-id' }) appId = '';
  /** Owners of the organisation and the operator's admins add and revoke. */
  @property({ type: Boolean }) manages = false;
  @state() private revoking = '';
  readonly #keys = new Loaded<Key[]>(this, () => call('GET', this.#path, array(keySchema)));
  readonly #add = new Act(this);
  readonly #revoke = new Act(this);

  get #path(): string {
    return `/api/v1/apps/${part(this.appId)}/keys`;
  }

  protected override render(): TemplateResult {
    return html`${this.#keys.view(
      (keys) => html`<div class="stack">
        ${
          keys.length === 0
            ? emptyNote(text('keys.empty'), text('keys.empty.advice'))
            : html`<section class="card">
                <ul class="plain">${keys.map((key) => this.#key(key))}</ul>
              </section>`
        }
        ${this.manages ? this.#addForm(keys) : html`<p class="advice">${text('keys.for')}</p>`}
      </div>`,
    )}`;
  }

  #key(key: Key): TemplateResult {
    const active = key.state === 'active';
    const open = () => {
      this.revoking = this.revoking === key.public_key ? '' : key.public_key;
    };
    return html`<li>
      <div class="head">
        <span>
          <code>${key.public_key}</code><br />
          <span class="small muted">${key.label} ${time(key.created_at)} ${vouched(key)} ${key.revoked_reason ?? ''}</span>
        </span>
        <span class="pill ${active ? 'good' : 'danger'}">${text(active ? 'keys.active' : 'keys.revoked')}</span>
        ${
          active && this.manages
            ? html`<button class="quiet danger" aria-expanded=${this.revoking === key.public_key ? 'true' : 'false'} @click=${open}>
                ${text('keys.revoke')}
              </button>`
            : nothing
        }
      </div>
      ${this.revoking === key.public_key && active ? this.#revokeForm(key) : nothing}
    </li>`;
  }

  #revokeForm(key: Key): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => void this.#doRevoke(key, formOf(event))}>
      <h3>${text('keys.revoke.title', { key: short(key.public_key) })}</h3>
      <p>${text('keys.revoke.advice')}</p>
      <label class="field"
        >${text('keys.revoke.reason')}<textarea name="reason" required maxlength="500"></textarea
      ></label>
      ${this.#revoke.note()}
      <button class="primary danger" aria-disabled=${this.#revoke.busy}>${text('keys.revoke.submit')}</button>
    </form>`;
  }

  #addForm(keys: readonly Key[]): TemplateResult {
    const active = keys.filter(({ state }) => state === 'active');
    return html`<details class="card">
      <summary>${text('keys.add')}</summary>
      <form @submit=${this.#doAdd}>
        <p class="advice">${text('keys.add.advice')}</p>
        <label class="field">${text('keys.public')}<input name="key" required spellcheck="false" /></label>
        <label class="field">${text('keys.label')}<input name="label" maxlength="100" /></label>
        <label class="field"
          >${text('keys.by')}<select name="by">
            <option value="">${text('keys.by.nobody')}</option>
            ${active.map(
              (key, index) =>
                html`<option value=${key.public_key} ?selected=${index === active.length - 1}>
                  ${short(key.public_key)} ${key.label}
                </option>`,
            )}
          </select></label
        >
        <label class="field">${text('keys.signature')}<input name="signature" spellcheck="false" /></label>
        ${this.#add.note()}
        <button class="primary" aria-disabled=${this.#add.busy}>${text('keys.add.submit')}</button>
      </form>
    </details>`;
  }

  readonly #doAdd = async (event: SubmitEvent) => {
    const form = formOf(event);
    const by = field(form, 'by');
    const signature = field(form, 'signature');
    const body = {
      public_key: field(form, 'key'),
      label: field(form, 'label'),
      ...(by === '' || signature === '' ? {} : { vouched_by: by, signature }),
    };
    const added = await this.#add.run(() => call('POST', this.#path, keySchema, { body }));
    if (added === undefined) return;
    form.reset();
    await this.#keys.reload();
  };

  async #doRevoke(key: Key, form: HTMLFormElement): Promise<void> {
    const body = { public_key: key.public_key, reason: field(form, 'reason') };
    const revoked = await this.#revoke.run(() => call('POST', `${this.#path}/revoke`, keySchema, { body }));
    if (revoked === undefined) return;
    this.revoking = '';
    await this.#keys.reload();
  }
}

function vouched(key: Key): string {
  if (key.vouched_by_key != null) return text('keys.vouched-key', { key: short(key.vouched_by_key) });
  return key.vouched_by_user == null ? '' : text('keys.vouched-operator');
}
