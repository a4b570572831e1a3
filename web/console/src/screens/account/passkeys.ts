/** Passkeys of one's own account. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { array, type InferOutput } from 'valibot';
import { text } from '../../localization';
import { Act } from '../../parts/act';
import { ConsoleElement, field, formOf } from '../../parts/element';
import { time } from '../../parts/format';
import { Loaded } from '../../parts/loaded';
import { call, part, tell } from '../../platform/client';
import { addPasskey, hasPasskeys, PasskeyRefused } from '../../platform/passkeys';
import { passkeySchema } from '../../platform/schemas';
import { session } from '../../session';

type Passkey = InferOutput<typeof passkeySchema>;
const path = '/api/v1/me/passkeys';

@customElement('console-passkeys')
export class PasskeysElement extends ConsoleElement {
  @state() private refused = false;
  readonly #passkeys = new Loaded<Passkey[]>(this, () => call('GET', path, array(passkeySchema)));
  readonly #act = new Act(this);

  protected override render(): TemplateResult {
    return html`<section class="card">
      <h2>${text('passkeys.title')}</h2>
      ${this.#passkeys.view((passkeys) =>
        passkeys.length === 0
          ? html`<p class="muted">${text('passkeys.empty')}</p>`
          : html`<ul class="plain">${passkeys.map((passkey) => this.#passkey(passkey))}</ul>`,
      )}
      ${
        hasPasskeys()
          ? html`<form class="line" @submit=${this.#add}>
              <label class="field">${text('passkeys.name')}<input name="name" required maxlength="60" /></label>
              <button class="secondary" aria-disabled=${this.#act.busy}>${text('passkeys.add')}</button>
            </form>`
          : nothing
      }
      ${this.#act.note()}
      ${
        this.refused
          ? html`<div class="note attention" role="alert">
              <strong>${text('passkey.refused')}</strong>
              <p>${text('passkey.refused.advice')}</p>
            </div>`
          : nothing
      }
    </section>`;
  }

  #passkey({ id, name, last_used_at: used }: Passkey): TemplateResult {
    const words = used == null ? text('passkeys.never') : text('passkeys.used', { time: time(used) });
    return html`<li class="head">
      <span><strong>${name}</strong> <span class="small muted">${words}</span></span>
      <button class="quiet danger" @click=${() => void this.#remove(id)}>${text('passkeys.remove')}</button>
    </li>`;
  }

  readonly #add = async (event: SubmitEvent) => {
    const form = formOf(event);
    const { me } = session;
    if (me === undefined) return;
    this.refused = false;
    try {
      const added = await this.#act.run(() => addPasskey(field(form, 'name'), me).then(() => true));
      if (added !== true) return;
      form.reset();
      await this.#passkeys.reload();
    } catch (failure) {
      if (!(failure instanceof PasskeyRefused)) throw failure;
      this.refused = true;
    }
  };

  async #remove(id: string): Promise<void> {
    await this.#act.run(() => tell('DELETE', `${path}/${part(id)}`));
    await this.#passkeys.reload();
  }
}
