/**
 * Reporting a mini app, inside the trusted sheet: what is wrong, in the user's words, and how to reach them.
 *
 * What was typed is kept beside the app until it was sent: a prompt that the app calls up over the sheet, or a tap
 * beside it, must not cost the user their words.
 */
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { text } from '../localization';
import type { MiniApp } from '../miniapp/mini-app';
import { miniApp } from '../platform/client';
import { PlatformProblem } from '../platform/problem';
import { controls, MezzeElement } from '../screens/base';
import { icon } from '../screens/icon';
import { formStyle } from '../window/forms/style';
import { longestContact, longestText, type Reason, reasons, sendReport } from './calls';

interface Draft {
  reason: Reason | undefined;
  text: string;
  contact: string;
}

const drafts = new WeakMap<MiniApp, Draft>();

type Failure = { title: string; advice: string };

@customElement('mezze-report-form')
export class ReportForm extends MezzeElement {
  static override styles = [
    controls,
    formStyle,
    css`
      h3 {
        margin-top: 8px;
        font-size: var(--text-15);
      }
      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
        font-size: var(--text-15);
        font-weight: 600;
      }
      input[type='radio'] {
        flex: none;
        margin: 0;
      }
      label.row {
        margin-top: 0;
        border-top: 1px solid var(--line);
      }
      legend + label.row {
        border-top: 0;
      }
      textarea {
        width: 100%;
        min-height: 88px;
        padding: 10px 12px;
        border: 1px solid var(--line);
        border-radius: var(--corner-control);
        background: transparent;
        font: inherit;
        font-size: 16px;
        color: var(--ink);
        resize: vertical;
      }
      .count {
        justify-self: end;
        font-variant-numeric: tabular-nums;
      }
      .goes {
        margin-top: 16px;
        overflow-wrap: anywhere;
      }
      .wrong {
        margin-top: 12px;
        padding: 10px 12px;
        border-left: 4px solid var(--sumac);
        border-radius: var(--corner-control);
        background: var(--plate);
        overflow-wrap: anywhere;
      }
      .thanks {
        display: flex;
        gap: 12px;
        padding: 16px 0 8px;
        font-size: var(--text-17);
        font-weight: 600;
      }
      .thanks .icon {
        color: var(--mint);
      }
      [aria-disabled='true'] {
        opacity: 0.55;
      }
    `,
  ];

  @property({ attribute: false }) app!: MiniApp;
  @property() name = '';
  @property() platform = '';
  @property({ attribute: false }) onBack: () => void = () => undefined;
  @property({ attribute: false }) onDone: () => void = () => undefined;
  @state() private busy = false;
  @state() private wrong: Failure | undefined;
  /** Set once it is with the platform: whether it was new there. */
  @state() private sent: boolean | undefined;
  #draft: Draft = { reason: undefined, text: '', contact: '' };
  #page = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.#draft = drafts.get(this.app) ?? this.#draft;
    drafts.set(this.app, this.#draft);
    this.#page = this.app.stack.current?.path ?? '';
  }

  protected override updated(changes: PropertyValues): void {
    // A long sheet is scrolled to where the user sees why nothing happened.
    if (changes.has('wrong') && this.wrong !== undefined) {
      this.renderRoot.querySelector('.wrong')?.scrollIntoView({ block: 'nearest' });
    }
  }

  /** The version that runs; where it did not open, the one that was to be opened. */
  get #version(): string | undefined {
    return this.app.release?.package.version ?? this.app.options.target.version;
  }

  protected override render(): TemplateResult {
    if (this.sent !== undefined) return this.#thanks(this.sent);
    const { reason } = this.#draft;
    return html`<form @submit=${this.#submit} novalidate>
      <fieldset>
        <legend>${text('report.title')}</legend>
        ${reasons.map((one) => this.#reason(one))}
      </fieldset>
      ${this.#words(reason === 'other')} ${this.#contact()}
      <p class="small goes">
        ${text('report.goes', { platform: this.platform, name: this.name })}
      </p>
      ${
        this.wrong === undefined
          ? nothing
          : html`<div class="wrong" role="alert"><strong>${this.wrong.title}</strong><p>${this.wrong.advice}</p></div>`
      }
      <div class="pair">
        <button class="secondary" type="button" @click=${() => this.onBack()}>${text('page.back')}</button>
        <button class="primary" aria-disabled=${this.busy}>${text('report.send')}</button>
      </div>
    </form>`;
  }

  #reason(reason: Reason): TemplateResult {
    const choose = () => {
      this.#draft.reason = reason;
      this.wrong = undefined;
      this.requestUpdate();
    };
    return html`<label class="row"
      ><input
        type="radio"
        name="reason"
        value=${reason}
        .checked=${this.#draft.reason === reason}
        @change=${choose}
      />${text(`report.reason.${reason}`)}</label
    >`;
  }

  #words(needed: boolean): TemplateResult {
    const typed = (event: Event) => {
      this.#draft.text = (event.target as HTMLTextAreaElement).value;
      this.requestUpdate();
    };
    return html`<label
      >${text(needed ? 'report.text' : 'report.text.optional')}<textarea
        name="text"
        maxlength=${longestText}
        .value=${this.#draft.text}
        @input=${typed}
      ></textarea
      ><span class="count" aria-hidden="true">${this.#draft.text.length} / ${longestText}</span></label
    >`;
  }

  #contact(): TemplateResult {
    const typed = (event: Event) => {
      this.#draft.contact = (event.target as HTMLInputElement).value;
    };
    return html`<label
      >${text('report.contact')}<input
        name="contact"
        autocomplete="email"
        maxlength=${longestContact}
        aria-describedby="contact-advice"
        .value=${this.#draft.contact}
        @input=${typed}
      /><span id="contact-advice">${text('report.contact.advice')}</span></label
    >`;
  }

  #thanks(isNew: boolean): TemplateResult {
    return html`<div role="status">
        <p class="thanks">
          ${icon('check')}<span>${isNew ? text('report.thanks', { platform: this.platform }) : text('report.again')}</span>
        </p>
        <p class="small">${text('report.follow')}</p>
      </div>
      <div class="pair"><button class="primary" @click=${() => this.onDone()}>${text('close')}</button></div>`;
  }

  readonly #submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (this.busy) return;
    const { reason, ...words } = this.#draft;
    this.wrong = this.#missing();
    if (reason === undefined || this.wrong !== undefined) return;
    this.busy = true;
    try {
      const version = this.#version ?? (await this.#released());
      const report = { version, page: this.#page, reason, text: words.text.trim(), contact: words.contact.trim() };
      this.sent = await this.#signedIn(() => sendReport(this.app.id, report));
      drafts.delete(this.app);
    } catch (failure) {
      if (!(failure instanceof PlatformProblem)) throw failure;
      this.wrong = this.#failure(failure);
    } finally {
      this.busy = false;
    }
  };

  #missing(): Failure | undefined {
    const { reason, text: words } = this.#draft;
    if (reason === undefined) return { title: text('report.choose'), advice: '' };
    if (reason === 'other' && words.trim() === '') return { title: text('report.say'), advice: '' };
    return undefined;
  }

  /** What users get now, where nothing of the app ever opened here. */
  async #released(): Promise<string> {
    return (await this.#signedIn(() => miniApp(this.app.id))).version ?? '';
  }

  /** A session that ended is begun again where that needs nobody. */
  async #signedIn<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (failure) {
      const ended = failure instanceof PlatformProblem && failure.status === 401;
      if (!ended || !(await this.app.options.renewSession())) throw failure;
      return work();
    }
  }

  #failure(problem: PlatformProblem): Failure {
    const title = text('report.failed');
    const platform = this.platform;
    if (problem.unreachable) return { title, advice: text('report.unreachable') };
    if (problem.status === 429) return { title, advice: text('report.too-often') };
    if (problem.status === 401) return { title, advice: text('report.signed-out') };
    if (problem.status === 404) return { title, advice: text('report.gone', { platform }) };
    return { title, advice: text('report.refused') };
  }
}
