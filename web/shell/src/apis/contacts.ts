/** Contacts and calendar: the browser's picker where there is one, else files that the device's own apps take. */
import { text } from '../localization';
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import { type CalendarEntry, calendarFile, type Repetition } from './contacts/calendar';
import { type ContactCard, contactFile } from './contacts/card';
import { save } from './contacts/save';

type Args = Record<string, unknown>;

interface ContactsManager {
  select(
    properties: string[],
    options: { multiple: boolean },
  ): Promise<{ name?: (string | null)[]; tel?: (string | null)[] }[]>;
}

export const contactApis = {
  async chooseContact(): Promise<Args> {
    const { contacts } = navigator as Navigator & { contacts?: ContactsManager };
    if (contacts === undefined) return fail('this browser has no contact picker');
    const chosen = await contacts.select(['name', 'tel'], { multiple: false }).catch((failure: unknown) => {
      return fail(failure instanceof DOMException && failure.name === 'SecurityError' ? 'no permission' : 'cancel');
    });
    const numbers = (chosen[0]?.tel ?? []).filter((number) => number !== null);
    if (chosen.length === 0 || numbers.length === 0) return fail('cancel');
    return { phoneNumber: numbers[0], displayName: chosen[0]?.name?.[0] ?? '', phoneNumberList: numbers };
  },
  async addPhoneContact({ app }: CallContext, args: Args): Promise<void> {
    const card = args as unknown as ContactCard;
    const name = [card.lastName, card.middleName, card.firstName].filter(Boolean).join(' ');
    const title = text('contact.title');
    if (!(await app.ask({ title, content: name, confirm: text('contact.confirm') }))) fail('cancel');
    save(`${name}.vcf`, contactFile(card), 'text/vcard');
  },
  addPhoneCalendar: (context: CallContext, args: Args) => addEntry(context, args, undefined),
  addPhoneRepeatCalendar: (context: CallContext, args: Args) =>
    addEntry(context, args, {
      interval: typeof args.repeatInterval === 'string' ? args.repeatInterval : 'month',
      until: args.repeatEndTime === undefined ? undefined : Number(args.repeatEndTime),
    }),
};

async function addEntry({ app }: CallContext, args: Args, repetition: Repetition | undefined): Promise<void> {
  const start = Number(args.startTime);
  if (!Number.isFinite(start) || start <= 0) fail('parameter error: parameter.startTime should be a timestamp');
  const allDay = args.allDay === true || args.allDay === 'true';
  const entry: CalendarEntry = {
    title: String(args.title),
    start,
    // An entry without an end lasts as long as it takes to notice it.
    end: args.endTime === undefined ? start : Number(args.endTime),
    allDay,
    description: String(args.description ?? ''),
    location: String(args.location ?? ''),
    alarm: args.alarm === false || args.alarm === 'false' ? undefined : Number(args.alarmOffset ?? 0),
  };
  const when = new Date(start * 1000).toLocaleString(document.documentElement.lang);
  const content = `${entry.title}\n${when}`;
  if (!(await app.ask({ title: text('calendar.title'), content, confirm: text('calendar.confirm') }))) fail('cancel');
  save(`${entry.title}.ics`, calendarFile(entry, repetition, crypto.randomUUID(), Date.now()), 'text/calendar');
}
