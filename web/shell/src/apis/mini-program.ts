/** From one mini app to another and back. Who opened whom is the shell's word, never the app's. */
import { text } from '../localization';
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import { type LaunchTarget, parseLaunchUri } from '../miniapp/launch-uri';
import { type PageAddress, resolvePageUrl } from '../miniapp/page-url';
import { miniApp } from '../platform/client';

type Args = Record<string, unknown>;

/** Bytes of JSON that one app may hand another. */
const mostData = 64 * 1024;

export const miniProgramApis = {
  navigateToMiniProgram: openOther,
  openEmbeddedMiniProgram: openOther,
  /** The app starts anew, on the page that it names or its first. */
  async restartMiniProgram({ app }: CallContext, args: Args): Promise<void> {
    const path = typeof args.path === 'string' && args.path !== '' ? args.path : app.config.entryPage;
    await app.stack.reLaunch(resolvePageUrl(`/${path.replace(/^\/+/, '')}`, ''));
    app.options.restart();
  },
  checkIsAddedToMyMiniProgram: ({ app }: CallContext): Args => ({ added: app.options.isFavourite() }),
  async navigateBackMiniProgram({ app }: CallContext, args: Args): Promise<void> {
    if (!(await app.options.returnToOpener(plain(args.extraData)))) fail('no opener mini program');
  },
};

async function openOther({ app }: CallContext, args: Args): Promise<void> {
  const target = targetOf(args);
  if (target.appId.toLowerCase() === app.id.toLowerCase()) fail('can not navigate to the mini program itself');
  const extraData = plain(args.extraData);
  const other = await miniApp(target.appId).catch(() => undefined);
  if (other === undefined) fail('invalid appid');
  const title = text('open-other.title');
  if (!(await app.ask({ title, content: other.name, confirm: text('open-other.confirm') }))) fail('cancel');
  const referrer = { appId: app.id, ...(extraData === undefined ? {} : { extraData }) };
  if (!(await app.options.openOther(target, referrer))) fail('invalid appid');
}

function targetOf(args: Args): LaunchTarget {
  if (typeof args.shortLink === 'string' && args.shortLink !== '') {
    return parseLaunchUri(args.shortLink, location.host) ?? fail('invalid shortLink');
  }
  if (typeof args.appId !== 'string' || !/^[A-Za-z0-9._~-]+$/.test(args.appId)) return fail('invalid appid');
  const page: PageAddress | undefined =
    typeof args.path === 'string' && args.path !== ''
      ? resolvePageUrl(`/${args.path.replace(/^\/+/, '')}`, '')
      : undefined;
  return { appId: args.appId, version: undefined, path: page?.path, query: page?.query ?? {} };
}

/** What may cross from app to app: JSON, and not too much of it. */
export function plain(data: unknown): unknown {
  if (data === undefined || data === null) return undefined;
  let written: string | undefined;
  try {
    written = JSON.stringify(data);
  } catch {
    written = undefined;
  }
  if (written === undefined) fail('extraData should be JSON');
  if (written.length > mostData) fail(`extraData is larger than ${mostData / 1024} KB`);
  return JSON.parse(written) as unknown;
}
