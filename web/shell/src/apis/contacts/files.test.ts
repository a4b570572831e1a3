/** Cards and calendar entries as the formats' RFCs have them. */
import { expect, it } from 'vitest';
import { calendarFile } from './calendar';
import { contactFile } from './card';

it('a card has the fields that were given, with what is special in them escaped', () => {
  const card = contactFile({
    firstName: 'Ada',
    lastName: 'Lovelace; King',
    mobilePhoneNumber: '+44 1',
    workAddressCity: 'London',
    remark: 'one\ntwo',
  });
  expect(card.split('\r\n')).toEqual([
    'BEGIN:VCARD',
    'VERSION:3.0',
    'FN:Lovelace\\; King Ada',
    'N:Lovelace\\; King;Ada;;;',
    'NOTE:one\\ntwo',
    'TEL;TYPE=CELL:+44 1',
    'ADR;TYPE=WORK:;;;London;;;',
    'END:VCARD',
    '',
  ]);
});

const entry = {
  title: 'Dinner',
  start: 1_800_000_000,
  end: 1_800_003_600,
  allDay: false,
  description: '',
  location: 'Here, there',
  alarm: 600,
};

it('a calendar entry has its times in UTC, its alarm before it, and repeats until it is said to end', () => {
  const file = calendarFile(entry, { interval: 'week', until: 1_810_000_000 }, 'id', 1_790_000_000_000);
  expect(file).toContain('DTSTART:20270115T080000Z\r\nDTEND:20270115T090000Z');
  expect(file).toContain('LOCATION:Here\\, there');
  expect(file).toContain('RRULE:FREQ=WEEKLY;UNTIL=20270511T014640Z');
  expect(file).toContain('TRIGGER:-PT600S');
});

it('a day has dates, and ends with the day after', () => {
  const day = new Date(2027, 0, 15, 12).getTime() / 1000;
  const file = calendarFile({ ...entry, start: day, end: day, allDay: true, alarm: undefined }, undefined, 'id', 0);
  expect(file).toContain('DTSTART;VALUE=DATE:20270115\r\nDTEND;VALUE=DATE:20270116');
  expect(file).not.toContain('VALARM');
});

it('long lines go on in the next, no line over 75 bytes', () => {
  const file = calendarFile({ ...entry, description: '词'.repeat(100) }, undefined, 'id', 0);
  const lines = file.split('\r\n');
  expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
  expect(file.replace(/\r\n /g, '')).toContain('词'.repeat(100));
});
