/** The user's invoice titles: choose one for an app, or write a new one. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Book, Invoice } from '../../apis/account/books';
import { TrustedForm } from '../../apis/ask-form';
import { text } from '../../localization';
import { controls } from '../../screens/base';
import { formStyle } from './style';

const companyFields = ['taxNumber', 'companyAddress', 'telephone', 'bankName', 'bankAccount'] as const;

@customElement('mezze-invoice-form')
export class InvoiceForm extends TrustedForm<Invoice> {
  static override styles = [controls, formStyle];

  @property({ attribute: false }) book!: Book<Invoice>;
  @state() private writing = false;
  @state() private company = true;

  override connectedCallback(): void {
    super.connectedCallback();
    this.writing = this.book.entries.length === 0;
  }

  protected override render(): TemplateResult {
    return this.writing ? this.#editor() : this.#list();
  }

  #list(): TemplateResult {
    const add = () => {
      this.writing = true;
    };
    return html`
      <ul class="list">
        ${this.book.entries.map(
          (entry) => html`<li class="entry">
            <button @click=${this.guarded(() => this.answer(entry))}>
              <p>${entry.title}</p>
              <p class="small">${entry.taxNumber}</p>
            </button>
            <button class="side" @click=${() => void this.#remove(entry)}>${text('remove')}</button>
          </li>`,
        )}
      </ul>
      <div class="pair">
        <button class="secondary" @click=${() => this.answer(undefined)}>${text('modal.cancel')}</button>
        <button class="primary" @click=${add}>${text('invoice.add')}</button>
      </div>
    `;
  }

  #editor(): TemplateResult {
    const toggle = (event: Event) => {
      this.company = (event.target as HTMLInputElement).checked;
    };
    return html`<form @submit=${(event: SubmitEvent) => void this.#save(event)}>
      <label class="row"><input type="checkbox" .checked=${this.company} @change=${toggle} />${text('invoice.company')}</label>
      <label>${text('invoice.name')}<input name="title" maxlength="200" required /></label>
      ${
        this.company
          ? companyFields.map(
              (name) => html`<label>
                ${text(`invoice.${name}`)}
                <input name=${name} maxlength="200" ?required=${name === 'taxNumber'} />
              </label>`,
            )
          : nothing
      }
      <div class="pair">
        <button class="secondary" type="button" @click=${() => this.answer(undefined)}>${text('modal.cancel')}</button>
        <button class="primary" type="submit">${text('invoice.use')}</button>
      </div>
    </form>`;
  }

  async #remove(entry: Invoice): Promise<void> {
    this.book = await this.book.without(entry);
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const written = new FormData(event.target as HTMLFormElement);
    const given = (name: string) => String(written.get(name) ?? '').trim();
    const entry: Invoice = {
      type: this.company ? '0' : '1',
      title: given('title'),
      taxNumber: given('taxNumber'),
      companyAddress: given('companyAddress'),
      telephone: given('telephone'),
      bankName: given('bankName'),
      bankAccount: given('bankAccount'),
    };
    this.book = await this.book.with(entry, undefined);
    this.answer(entry);
  }
}
