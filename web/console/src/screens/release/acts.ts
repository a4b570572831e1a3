/** What can be done with a release now. A choice opens its form here; the platform decides whether it may happen. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { text } from '../../localization';
import { CarefulAct } from '../../parts/act';
import { announce, ConsoleElement, formOf } from '../../parts/element';
import { call, part } from '../../platform/client';
import { type App, type Release, releaseSchema } from '../../platform/schemas';
import { router } from '../../router';
import { session } from '../../session';
import { actForms, type Choice, choicesFor, type Prepared, prepare, reservedFor, unscheduled } from './act-forms';
import './upload-form';

/** What brings a release closer to its users; the others take it back. */
const leadsOn = new Set<Choice>(['attach', 'submit', 'stage', 'release']);

@customElement('console-acts')
export class ActsElement extends ConsoleElement {
  @property({ attribute: false }) release!: Release;
  @property({ attribute: false }) app!: App;
  @state() private chosen: Choice | undefined;
  @state() private wrong = '';
  @state() private done = false;
  override connectedCallback(): void {
    super.connectedCallback();
    // Another place may lead straight to a form, as a user's report does to the withdrawal.
    const wanted = router.query('act');
    this.chosen ??= choicesFor(this.release).find((choice) => choice === wanted);
  }

  readonly #act = new CarefulAct<Release>(
    this,
    () => this.release,
    () => call('GET', this.#path, releaseSchema),
    (release) => announce(this, 'release-changed', release),
  );

  get #path(): string {
    return `/api/v1/releases/${part(this.release.id)}`;
  }

  protected override render(): TemplateResult {
    const choices = choicesFor(this.release);
    const powers = { develops: session.develops(this.app), administers: session.has('admin') };
    const reserved = new Map(choices.map((choice) => [choice, reservedFor(choice, powers)]));
    const chosen = choices.find((choice) => choice === this.chosen && reserved.get(choice) === undefined);
    const reasons = [...new Set(reserved.values())].filter((reason) => reason !== undefined);
    const take = (choice: Choice) => {
      this.chosen = this.chosen === choice ? undefined : choice;
      this.done = false;
      this.wrong = '';
      this.#act.problem = undefined;
    };
    return html`<section class="card" aria-label=${text('acts')}>
      <h2>${text('acts')}</h2>
      ${choices.length === 0 ? html`<p class="muted">${text('acts.none')}</p>` : nothing}
      <div class="actions">
        ${choices.map((choice, index) => {
          const reason = reserved.get(choice);
          const first = index === 0 && leadsOn.has(choice) && reason === undefined;
          return html`<button
            class="${first ? 'primary' : 'secondary'} ${choice === 'withdraw' ? 'danger' : ''}"
            aria-expanded=${chosen === choice ? 'true' : 'false'}
            ?disabled=${reason !== undefined}
            aria-describedby=${reason === undefined ? nothing : `reserved-${reason}`}
            @click=${() => take(choice)}
          >
            ${text(`act.${choice}`)}
          </button>`;
        })}
      </div>
      ${reasons.map((reason) => html`<p class="advice" id="reserved-${reason}">${this.#reserved(choices, reserved, reason)}</p>`)}
      ${chosen === undefined ? nothing : this.#form(chosen)}
      ${chosen === undefined ? this.#act.note() : nothing}
      ${this.done ? html`<div class="note good" role="status">${text('act.done')}</div>` : nothing}
    </section>`;
  }

  /** `Withdraw: for …`; the words alone where everything is. */
  #reserved(
    choices: Choice[],
    reserved: Map<Choice, 'developers' | 'admins' | undefined>,
    reason: 'developers' | 'admins',
  ): string {
    const names = choices.filter((choice) => reserved.get(choice) === reason).map((choice) => text(`act.${choice}`));
    return text(`act.for.${reason}`, { acts: names.join(text('act.for.separator')) });
  }

  #form(choice: Choice): TemplateResult {
    const close = () => {
      this.chosen = undefined;
    };
    if (choice === 'attach') {
      const made = (event: CustomEvent<Release>) => {
        close();
        announce(this, 'release-changed', event.detail);
      };
      return html`<console-upload-form .draft=${this.release} @release-made=${made} @upload-closed=${close}>
      </console-upload-form>`;
    }
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(choice, formOf(event))}>
      ${actForms[choice](this.release)}
      ${this.wrong === '' ? nothing : html`<div class="note danger" role="alert">${this.wrong}</div>`}
      ${this.#act.note()}
      <div class="actions">
        <button class="primary ${choice === 'withdraw' ? 'danger' : ''}" aria-disabled=${this.#act.busy}>${text(`act.${choice}`)}</button>
        ${
          choice === 'schedule' && this.release.scheduled_at != null
            ? html`<button class="secondary" type="button" @click=${() => void this.#do(unscheduled)}>
                ${text('act.schedule.clear')}
              </button>`
            : nothing
        }
        <button class="quiet" type="button" @click=${close}>${text('cancel')}</button>
      </div>
    </form>`;
  }

  async #submit(choice: Choice, form: HTMLFormElement): Promise<void> {
    const prepared = prepare(choice, form);
    if (typeof prepared === 'string') {
      this.wrong = prepared;
      return;
    }
    await this.#do(prepared);
  }

  async #do(prepared: Prepared): Promise<void> {
    this.wrong = '';
    const did = await this.#act.change((revision) => this.#send(prepared, revision));
    if (!did) return;
    this.done = true;
    this.chosen = undefined;
  }

  #send({ method, path, body }: Prepared, revision: number): Promise<Release> {
    return call(method, `${this.#path}/${path}`, releaseSchema, { body, revision });
  }
}
