/** A user's reports of mini apps: sending one, and reading what came of one's own. */
import { array, type InferOutput, nullish, number, object, picklist, string } from 'valibot';
import { call, send } from '../platform/client';
import { problemOf, understood } from '../platform/problem';

export const reasons = ['fraud', 'impersonation', 'harmful', 'too_much_data', 'broken', 'other'] as const;
export type Reason = (typeof reasons)[number];
/** As many characters as the platform takes. */
export const longestText = 1000;
export const longestContact = 200;
const longestPage = 256;

export interface NewReport {
  version: string;
  page: string;
  reason: Reason;
  text: string;
  contact: string;
}

const reportSchema = object({
  id: string(),
  app_id: string(),
  app_name: string(),
  version: string(),
  reason: picklist(reasons),
  text: string(),
  state: picklist(['open', 'taken', 'resolved']),
  outcome: nullish(picklist(['no_action', 'publisher_warned', 'app_withdrawn', 'mended', 'duplicate'])),
  answer: nullish(string()),
  created_at: number(),
});
export type OwnReport = InferOutput<typeof reportSchema>;

/** True where the report is new; false where the very same one waits already. */
export async function sendReport(appId: string, report: NewReport): Promise<boolean> {
  const { contact, page, ...rest } = report;
  const path = `/api/v1/miniapps/${encodeURIComponent(appId)}/reports`;
  const body = { ...rest, page: page.slice(0, longestPage), ...(contact === '' ? {} : { contact }) };
  const response = await send('POST', path, body);
  if (!response.ok) throw await problemOf(response);
  understood(reportSchema, await response.json(), response.status, `POST ${path}`);
  return response.status === 201;
}

/** A page of the user's own reports, the newest first. */
export async function ownReports(after?: string): Promise<{ items: OwnReport[]; next: string | undefined }> {
  const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
  const page = object({ items: array(reportSchema), next: nullish(string()) });
  const { items, next } = await call('GET', `/api/v1/me/reports${query}`, page);
  return { items, next: next ?? undefined };
}
