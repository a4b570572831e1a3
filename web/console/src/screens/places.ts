/** The places of the console: address, name in the menu, who may go there, and the screen. */
import { html, type TemplateResult } from 'lit';
import type { TextKey } from '../localization';
import type { StaffRole } from '../platform/schemas';
import { match } from '../router';
import { session } from '../session';
import './account';
import './app/app';
import './apps';
import './operator/all-apps';
import './operator/audit';
import './operator/health';
import './operator/log';
import './operator/policy';
import './operator/publishers';
import './operator/staff';
import './people/organisation';
import './people/organisations';
import './release/release';
import './review/review';
import './reports/report';
import './reports/reports';
import './review/reviews';

export interface Place {
  pattern: string;
  /** In the menu; those without are reached from another place. */
  name?: TextKey;
  /** One of these duties on the operator's side; `staff`: any. */
  role?: readonly StaffRole[] | 'staff';
  screen: (...values: string[]) => TemplateResult;
}

export const developing: Place[] = [
  { pattern: '', name: 'place.apps', screen: () => html`<console-apps></console-apps>` },
  { pattern: 'apps/:id', screen: (id) => html`<console-app app-id=${id ?? ''}></console-app>` },
  { pattern: 'releases/:id', screen: (id) => html`<console-release release-id=${id ?? ''}></console-release>` },
  {
    pattern: 'organisations',
    name: 'place.organisations',
    screen: () => html`<console-organisations></console-organisations>`,
  },
  {
    pattern: 'organisations/:id',
    screen: (id) => html`<console-organisation organisation-id=${id ?? ''}></console-organisation>`,
  },
  { pattern: 'account', name: 'place.account', screen: () => html`<console-account></console-account>` },
];

export const operating: Place[] = [
  {
    pattern: 'reviews',
    name: 'place.reviews',
    role: ['reviewer'],
    screen: () => html`<console-reviews></console-reviews>`,
  },
  {
    pattern: 'reviews/:id',
    role: ['reviewer'],
    screen: (id) => html`<console-review release-id=${id ?? ''}></console-review>`,
  },
  {
    pattern: 'reports',
    name: 'place.reports',
    role: ['reviewer', 'support'],
    screen: () => html`<console-reports></console-reports>`,
  },
  {
    pattern: 'reports/:id',
    role: ['reviewer', 'support'],
    screen: (id) => html`<console-user-report report-id=${id ?? ''}></console-user-report>`,
  },
  {
    pattern: 'all-apps',
    name: 'place.all-apps',
    role: 'staff',
    screen: () => html`<console-all-apps></console-all-apps>`,
  },
  {
    pattern: 'publishers',
    name: 'place.publishers',
    role: 'staff',
    screen: () => html`<console-publishers></console-publishers>`,
  },
  { pattern: 'policy', name: 'place.policy', role: 'staff', screen: () => html`<console-policy></console-policy>` },
  { pattern: 'log', name: 'place.log', role: 'staff', screen: () => html`<console-log></console-log>` },
  { pattern: 'audit', name: 'place.audit', role: 'staff', screen: () => html`<console-audit></console-audit>` },
  { pattern: 'health', name: 'place.health', role: 'staff', screen: () => html`<console-health></console-health>` },
  { pattern: 'staff', name: 'place.staff', role: ['admin'], screen: () => html`<console-staff></console-staff>` },
];

export function isOpen(place: Place): boolean {
  if (place.role === undefined) return true;
  return place.role === 'staff' ? session.isStaff : place.role.some((role) => session.has(role));
}

export function placeOf(path: string): { place: Place; values: string[] } | undefined {
  for (const place of [...developing, ...operating]) {
    const values = match(place.pattern, path);
    if (values !== undefined) return { place, values };
  }
  return undefined;
}
