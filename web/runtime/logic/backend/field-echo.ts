/**
 * Which of a field's own reports a text that the app writes back comes from. An app that answers `input` later (after
 * `nextTick`, a timer, a promise) writes what was typed then, when more has been typed since: such a write has to carry
 * the number of that older report, so that the view drops it.
 */

/** Later than this a text that was typed before is the app's own wish (undoing, clearing). */
const echoMilliseconds = 1000;
const reportsKept = 16;

interface Report {
  text: unknown;
  seq: number;
  at: number;
}

export class FieldEcho {
  private readonly reports: Report[] = [];

  reported(text: unknown, seq: number, now: number): void {
    this.reports.push({ text, seq, at: now });
    if (this.reports.length > reportsKept) this.reports.shift();
  }

  /** Number of the report that a text repeats, or undefined where it repeats none of late. */
  numberOf(text: unknown, now: number): number | undefined {
    return this.reports.findLast((report) => report.text === text && now - report.at < echoMilliseconds)?.seq;
  }
}
