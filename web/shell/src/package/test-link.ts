/** A link for testers: its code makes the signed-in user a tester, and names the version to run. */
import { redeemTestLink } from '../platform/client';
import { PlatformProblem } from '../platform/problem';

/** The version that testers run; undefined where there is only what users have. */
export async function becomeTester(code: string, appId: string): Promise<string | undefined> {
  const { app_id, version } = await redeemTestLink(code);
  if (app_id.toLowerCase() !== appId) {
    const detail = `The code in the link is for ${app_id}, not for ${appId}.`;
    throw new PlatformProblem(404, 'The link leads elsewhere', detail, undefined, 'dead-link');
  }
  return version?.toLowerCase() ?? undefined;
}
