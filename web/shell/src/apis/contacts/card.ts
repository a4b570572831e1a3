/** A contact as a vCard 3.0 (RFC 2426), which phones' own address books take. */
export type ContactCard = Partial<Record<ContactField, string>>;

type Address = `${'' | 'work' | 'home'}Address${'Country' | 'State' | 'City' | 'Street' | 'PostalCode'}`;
type ContactField =
  | 'firstName' | 'lastName' | 'middleName' | 'nickName' | 'remark' | 'organization' | 'title' | 'email' | 'url'
  | 'mobilePhoneNumber' | 'workPhoneNumber' | 'homePhoneNumber' | 'hostNumber' | 'workFaxNumber' | 'homeFaxNumber'
  | 'weChatNumber' | Address | `address${'Country' | 'State' | 'City' | 'Street' | 'PostalCode'}`; // biome-ignore format: one list

/** Property and its type, in the order in which they are written. */
const lines: readonly [string, ContactField][] = [
  ['NICKNAME', 'nickName'],
  ['NOTE', 'remark'],
  ['ORG', 'organization'],
  ['TITLE', 'title'],
  ['EMAIL', 'email'],
  ['URL', 'url'],
  ['TEL;TYPE=CELL', 'mobilePhoneNumber'],
  ['TEL;TYPE=WORK', 'workPhoneNumber'],
  ['TEL;TYPE=HOME', 'homePhoneNumber'],
  ['TEL;TYPE=MAIN', 'hostNumber'],
  ['TEL;TYPE=WORK,FAX', 'workFaxNumber'],
  ['TEL;TYPE=HOME,FAX', 'homeFaxNumber'],
];

export function contactFile(card: ContactCard): string {
  const { lastName = '', firstName = '', middleName = '' } = card;
  const full = [lastName, middleName, firstName].filter((part) => part !== '').join(' ');
  const written = ['BEGIN:VCARD', 'VERSION:3.0', `FN:${escaped(full)}`];
  written.push(`N:${[lastName, firstName, middleName].map(escaped).join(';')};;`);
  for (const [property, field] of lines) {
    const value = card[field];
    if (value !== undefined && value !== '') written.push(`${property}:${escaped(value)}`);
  }
  for (const [type, prefix] of [
    ['', 'address'],
    [';TYPE=WORK', 'workAddress'],
    [';TYPE=HOME', 'homeAddress'],
  ] as const) {
    const parts = (['Street', 'City', 'State', 'PostalCode', 'Country'] as const).map(
      (part) => card[`${prefix}${part}`] ?? '',
    );
    if (parts.some((part) => part !== '')) written.push(`ADR${type}:;;${parts.map(escaped).join(';')}`);
  }
  return `${[...written, 'END:VCARD'].join('\r\n')}\r\n`;
}

export function escaped(value: string): string {
  return String(value)
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r?\n/g, '\\n');
}
