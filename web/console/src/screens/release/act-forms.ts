/** The acts on a release: which are a developer's, the form of each, and the call that it becomes. */
import { html, type TemplateResult } from 'lit';
import { text } from '../../localization';
import { field } from '../../parts/element';
import type { Release } from '../../platform/schemas';

/** Acts of developers and, for the last two, the operator's admins; approving and rejecting is on the reviewers' desk. */
const choices = [
  'attach',
  'submit',
  'stage',
  'release',
  'schedule',
  'recall',
  'revise',
  'roll_back',
  'withdraw',
] as const;
export type Choice = (typeof choices)[number];

/** As far ahead as the platform schedules, in milliseconds. */
const furthest = 365 * 24 * 60 * 60 * 1000;

export interface Prepared {
  method: 'POST' | 'PUT';
  path: 'acts' | 'schedule';
  body: Record<string, unknown>;
}

/** What leads on from the release's state; a schedule is set where it could be released. */
export function choicesFor(release: Pick<Release, 'actions'>): Choice[] {
  const can = new Set(release.actions);
  return choices.filter((choice) => can.has(choice === 'schedule' ? 'release' : choice));
}

/** Whose acts these are. */
export interface Powers {
  /** Owner or developer of the mini app's organisation. */
  develops: boolean;
  /** Admin on the operator's side. */
  administers: boolean;
}

/** Who may do it, where these powers do not reach; undefined where they do. The platform decides again. */
export function reservedFor(choice: Choice, { develops, administers }: Powers): 'developers' | 'admins' | undefined {
  const alsoAdmins = choice === 'roll_back' || choice === 'withdraw';
  if (develops || (alsoAdmins && administers)) return undefined;
  return alsoAdmins ? 'admins' : 'developers';
}

/** As a field of day and time has it, in the person's time zone. */
function localTime(seconds: number): string {
  const at = new Date(seconds * 1000);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

/** The call that takes a schedule back. */
export const unscheduled: Prepared = { method: 'PUT', path: 'schedule', body: { at: null } };

const advice = (words: string): TemplateResult => html`<p class="advice">${words}</p>`;

export const actForms: Record<Exclude<Choice, 'attach'>, (release: Release) => TemplateResult> = {
  submit: () => advice(text('act.submit.advice')),
  recall: () => advice(text('act.recall.advice')),
  revise: () => advice(text('act.revise.advice')),
  roll_back: () => advice(text('act.roll_back.advice')),
  stage: (release) => html`
    <label class="field"
      >${text('act.stage.percent')}<input
        name="percent"
        type="number"
        required
        min=${release.share ?? 0.01}
        max="100"
        step="0.01"
        value=${release.share == null ? 1 : Math.min(100, release.share * 10)}
        inputmode="decimal"
        aria-describedby="stage-advice"
    /></label>
    <p class="advice" id="stage-advice">${text('act.stage.advice')}</p>
  `,
  release: () => html`
    ${advice(text('act.release.advice'))}
    <label class="tick"><input name="forced" type="checkbox" />${text('act.release.forced')}</label>
  `,
  schedule: (release) => html`
    <label class="field"
      >${text('act.schedule.at')}<input
        name="at"
        type="datetime-local"
        value=${release.scheduled_at == null ? '' : localTime(release.scheduled_at)}
        aria-describedby="schedule-advice"
    /></label>
    <p class="advice" id="schedule-advice">${text('act.schedule.advice')}</p>
  `,
  withdraw: () => html`
    ${advice(text('act.withdraw.advice'))}
    <label class="field"
      >${text('act.withdraw.reason')}<textarea name="reason" required maxlength="2000"></textarea>
    </label>
  `,
};

/** The call that a submitted form becomes, or what is wrong with the form. */
export function prepare(choice: Choice, form: HTMLFormElement, now = Date.now()): Prepared | string {
  const act = (more: Record<string, unknown> = {}): Prepared => ({
    method: 'POST',
    path: 'acts',
    body: { action: choice, ...more },
  });
  const ticked = (name: string) => new FormData(form).has(name);
  switch (choice) {
    case 'stage':
      return act({ percent: Number(field(form, 'percent')) });
    case 'release':
      return act({ forced: ticked('forced') });
    case 'withdraw':
      return act({ reason: field(form, 'reason') });
    case 'schedule': {
      const at = Math.floor(new Date(field(form, 'at')).getTime() / 1000);
      // An empty field is no time at all.
      if (!(at * 1000 > now && at * 1000 <= now + furthest)) return text('act.schedule.past');
      return { method: 'PUT', path: 'schedule', body: { at } };
    }
    default:
      return act();
  }
}
