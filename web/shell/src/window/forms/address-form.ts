/** The user's own address book: choose an address for an app, write a new one, change or remove one. */
import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Address, Book } from '../../apis/account/books';
import { TrustedForm } from '../../apis/ask-form';
import { text } from '../../localization';
import { controls } from '../../screens/base';
import { formStyle } from './style';

type Field = 'userName' | 'telNumber' | 'provinceName' | 'cityName' | 'countyName' | 'detailInfo' | 'postalCode';

const fields: readonly { name: Field; autocomplete: AutoFill; required: boolean }[] = [
  { name: 'userName', autocomplete: 'name', required: true },
  { name: 'telNumber', autocomplete: 'tel', required: true },
  { name: 'provinceName', autocomplete: 'address-level1', required: true },
  { name: 'cityName', autocomplete: 'address-level2', required: true },
  { name: 'countyName', autocomplete: 'address-level3', required: false },
  { name: 'detailInfo', autocomplete: 'street-address', required: true },
  { name: 'postalCode', autocomplete: 'postal-code', required: false },
];

@customElement('mezze-address-form')
export class AddressForm extends TrustedForm<Address> {
  static override styles = [controls, formStyle];

  @property({ attribute: false }) book!: Book<Address>;
  /** The address that is written; `was` is the one that it replaces. */
  @state() private writing: { was: Address | undefined } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.book.entries.length === 0) this.writing = { was: undefined };
  }

  protected override render(): TemplateResult {
    return this.writing === undefined ? this.#list() : this.#editor(this.writing.was);
  }

  #list(): TemplateResult {
    return html`
      <ul class="list">
        ${this.book.entries.map((entry) => this.#entry(entry))}
      </ul>
      <div class="pair">
        <button class="secondary" @click=${() => this.answer(undefined)}>${text('modal.cancel')}</button>
        <button class="primary" @click=${() => this.#write(undefined)}>${text('address.add')}</button>
      </div>
    `;
  }

  #entry(entry: Address): TemplateResult {
    const { provinceName, cityName, countyName, detailInfo } = entry;
    return html`<li class="entry">
      <button @click=${this.guarded(() => this.answer(entry))}>
        <p>${entry.userName} · ${entry.telNumber}</p>
        <p class="small">${[provinceName, cityName, countyName, detailInfo].filter(Boolean).join(' ')}</p>
      </button>
      <button class="side" @click=${() => this.#write(entry)}>${text('edit')}</button>
      <button class="side" @click=${() => void this.#remove(entry)}>${text('remove')}</button>
    </li>`;
  }

  #editor(was: Address | undefined): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => void this.#save(event, was)}>
      ${fields.map(
        ({ name, autocomplete, required }) => html`<label>
          ${text(`address.${name}`)}
          <input name=${name} autocomplete=${autocomplete} maxlength="200" ?required=${required} .value=${was?.[name] ?? ''} />
        </label>`,
      )}
      <div class="pair">
        <button class="secondary" type="button" @click=${() => this.#leave()}>${text('modal.cancel')}</button>
        <button class="primary" type="submit">${text('address.use')}</button>
      </div>
    </form>`;
  }

  #write(was: Address | undefined): void {
    this.writing = { was };
  }

  #leave(): void {
    if (this.book.entries.length === 0) this.answer(undefined);
    else this.writing = undefined;
  }

  async #remove(entry: Address): Promise<void> {
    this.book = await this.book.without(entry);
  }

  async #save(event: SubmitEvent, was: Address | undefined): Promise<void> {
    event.preventDefault();
    const written = new FormData(event.target as HTMLFormElement);
    const given = (name: Field) => String(written.get(name) ?? '').trim();
    const province = given('provinceName');
    const code = await regionCode(province, given('cityName'), given('countyName'));
    const entry: Address = {
      userName: given('userName'),
      telNumber: given('telNumber'),
      postalCode: given('postalCode'),
      provinceName: province,
      cityName: given('cityName'),
      countyName: given('countyName'),
      streetName: '',
      detailInfo: given('detailInfo'),
      detailInfoNew: given('detailInfo'),
      nationalCode: code,
      nationalCodeFull: code,
    };
    this.book = await this.book.with(entry, was);
    this.answer(entry);
  }
}

/** The official code of a Chinese district, or nothing: elsewhere there is none. */
async function regionCode(province: string, city: string, county: string): Promise<string> {
  if (!/\p{Script=Han}/u.test(province)) return '';
  const { areaList } = await import('@vant/area-data');
  const lists = [areaList.county_list, areaList.city_list, areaList.province_list];
  const names = [county, city, province];
  const inProvince = codeOf(areaList.province_list, province)?.slice(0, 2) ?? '';
  for (const [index, list] of lists.entries()) {
    const code = codeOf(list, names[index] ?? '', inProvince);
    if (code !== undefined) return code;
  }
  return '';
}

function codeOf(list: Record<string, string>, name: string, prefix = ''): string | undefined {
  return Object.entries(list).find(([code, known]) => known === name && code.startsWith(prefix))?.[0];
}
