/** What a user keeps for all mini apps: addresses and invoice titles, on this device, by user. */
import { array, type GenericSchema, type InferOutput, object, picklist, safeParse, string } from 'valibot';
import { get, put } from '../../device/database';

/** As `chooseAddress` answers it. */
const addressSchema = object({
  userName: string(),
  telNumber: string(),
  postalCode: string(),
  provinceName: string(),
  cityName: string(),
  countyName: string(),
  streetName: string(),
  detailInfo: string(),
  detailInfoNew: string(),
  nationalCode: string(),
  nationalCodeFull: string(),
});
export type Address = InferOutput<typeof addressSchema>;

/** As `chooseInvoiceTitle` answers it; type 0 is a company, 1 a person. */
const invoiceSchema = object({
  type: picklist(['0', '1']),
  title: string(),
  taxNumber: string(),
  companyAddress: string(),
  telephone: string(),
  bankName: string(),
  bankAccount: string(),
});
export type Invoice = InferOutput<typeof invoiceSchema>;

/** A list that is kept whenever it changes. */
export class Book<Entry> {
  constructor(
    readonly entries: readonly Entry[],
    private readonly keep: (entries: readonly Entry[]) => Promise<void>,
  ) {}

  /** Adds an entry in front, or puts it in the place of another. */
  async with(entry: Entry, replaced: Entry | undefined): Promise<Book<Entry>> {
    const known = replaced !== undefined && this.entries.includes(replaced);
    const entries = known ? this.entries.map((one) => (one === replaced ? entry : one)) : [entry, ...this.entries];
    return this.#keeping(entries.slice(0, mostEntries));
  }

  async without(entry: Entry): Promise<Book<Entry>> {
    return this.#keeping(this.entries.filter((one) => one !== entry));
  }

  async #keeping(entries: readonly Entry[]): Promise<Book<Entry>> {
    await this.keep(entries);
    return new Book(entries, this.keep);
  }
}

const mostEntries = 50;

export const addressBook = (user: string) => open(`${user}:addresses`, addressSchema);
export const invoiceBook = (user: string) => open(`${user}:invoices`, invoiceSchema);

async function open<Schema extends GenericSchema>(key: string, schema: Schema): Promise<Book<InferOutput<Schema>>> {
  const kept = safeParse(array(schema), await get('settings', key).catch(() => undefined));
  const entries = kept.success ? (kept.output as InferOutput<Schema>[]) : [];
  return new Book(entries, (changed) => put('settings', key, changed));
}
