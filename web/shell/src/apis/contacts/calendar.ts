/** A calendar entry as iCalendar (RFC 5545), which the device's own calendar takes. */
import { escaped } from './card';

export interface CalendarEntry {
  title: string;
  /** Seconds since 1970. */
  start: number;
  end: number;
  allDay: boolean;
  description: string;
  location: string;
  /** Seconds before the start at which it reminds; undefined: not at all. */
  alarm: number | undefined;
}

export interface Repetition {
  interval: string;
  /** Seconds since 1970; undefined: for ever. */
  until: number | undefined;
}

const frequencies: Record<string, string> = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' };

export function calendarFile(
  entry: CalendarEntry,
  repetition: Repetition | undefined,
  id: string,
  now: number,
): string {
  const when = entry.allDay ? dated : timed;
  const type = entry.allDay ? ';VALUE=DATE' : '';
  const end = Math.max(entry.start, entry.end) + (entry.allDay ? daySeconds : 0);
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Mezze//Mini apps//EN', 'BEGIN:VEVENT'];
  lines.push(`UID:${id}`, `DTSTAMP:${timed(Math.floor(now / 1000))}`, `SUMMARY:${escaped(entry.title)}`);
  lines.push(`DTSTART${type}:${when(entry.start)}`, `DTEND${type}:${when(end)}`);
  if (entry.description !== '') lines.push(`DESCRIPTION:${escaped(entry.description)}`);
  if (entry.location !== '') lines.push(`LOCATION:${escaped(entry.location)}`);
  if (repetition !== undefined) {
    const until = repetition.until === undefined ? '' : `;UNTIL=${when(repetition.until)}`;
    lines.push(`RRULE:FREQ=${frequencies[repetition.interval] ?? 'MONTHLY'}${until}`);
  }
  if (entry.alarm !== undefined) {
    lines.push('BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(entry.title)}`);
    lines.push(`TRIGGER:-PT${Math.max(0, Math.round(entry.alarm))}S`, 'END:VALARM');
  }
  return `${[...lines, 'END:VEVENT', 'END:VCALENDAR'].map(folded).join('\r\n')}\r\n`;
}

const daySeconds = 24 * 60 * 60;

function timed(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
}

/** The day on which it is at the user's place. */
function dated(seconds: number): string {
  const date = new Date(seconds * 1000);
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${date.getFullYear()}${month}${day}`;
}

/** Lines have 75 bytes at most; the rest goes on in the next, behind a space. */
function folded(line: string): string {
  const bytes = new TextEncoder();
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const character of line) {
    const added = bytes.encode(character).length;
    if (size + added > 74) {
      parts.push(part);
      [part, size] = ['', 0];
    }
    part += character;
    size += added;
  }
  return [...parts, part].join('\r\n ');
}
