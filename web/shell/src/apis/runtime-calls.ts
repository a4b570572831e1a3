/** Calls of the runtime itself, which no app can name: they are not in the catalog. */
import type { CallContext } from '../miniapp/bridge';
import { ApiFailure, fail } from '../miniapp/failure';
import { answerWhatToShare } from '../miniapp/menu-share';
import { resolvePageUrl } from '../miniapp/page-url';
import { PlatformProblem } from '../platform/problem';
import { deliverWebMessages } from '../services/web-view';
import { accountCalls } from './account';
import { openPlayer } from './audio/play';
import { openRecorder } from './audio/record';
import { decodeAudio, openWebAudio } from './audio/web-audio';
import { followExtension } from './extensions';
import { inflateBrotli } from './files/brotli';
import type { Handler } from './handlers';
import { pictureType } from './media/picture';
import { nfcCalls } from './nfc';
import { pageRouteCalls } from './page-routes';

/** Those that only a trusted tap may lead to. */
export const needsGesture: ReadonlySet<string> = new Set(['chooseAvatar', 'shareAppMessage']);

const largestFont = 50 * 1024 * 1024;
/** Temporary files stay in memory for as long as the app runs. */
const largestPicture = 50 * 1024 * 1024;

export const runtimeCalls: Readonly<Record<string, Handler>> = {
  ...accountCalls,
  ...nfcCalls,
  ...pageRouteCalls,
  loadSubpackage: ({ app }, args) => app.subpackages.load(String(args.root)),
  /** A subpackage before it is needed (`preDownloadSubpackage`), with how far it is. */
  fetchSubpackage: async ({ app, id }, { name }) => {
    const progress = (written: number, total: number) => {
      const detail = {
        progress: total === 0 ? 100 : Math.round((written / total) * 100),
        totalBytesWritten: written,
        totalBytesExpectedToWrite: total,
      };
      app.bridge.event('subpackage.progress', detail, id);
    };
    try {
      if (!(await app.subpackages.fetch(String(name), progress)))
        fail(`subpackage "${String(name)}" is not in app.json`);
    } catch (failure) {
      fail(failure instanceof PlatformProblem ? `${failure.title}: ${failure.detail}` : reasonOf(failure));
    }
  },
  decodeAudio,
  followExtension,
  openPlayer,
  openRecorder,
  openWebAudio,
  /** A font of the package, a file of the app, a declared origin or a `data:` URL. */
  readFont: async ({ app }, { source }) => {
    const content = await app.resources.content(String(source));
    if ('error' in content) return fail(content.error);
    if (content.blob.size > largestFont) fail('the font is larger than 50 MiB');
    return { data: await content.blob.arrayBuffer() };
  },
  readPackageFiles: async ({ app }) => ({ files: await app.subpackages.files() }),
  /** The decoder and its dictionary are too large for every app's worker. */
  inflateBrotli: async (_context, { data }) => ({ data: await inflateBrotli(data) }),
  /** A picture that an app made of a canvas: kept as a temporary file. */
  keepPicture: ({ app }, { blob, extension }) => {
    if (!(blob instanceof Blob) || (extension !== 'png' && extension !== 'jpg')) fail('it is no picture');
    if (blob.size > largestPicture) fail(`the picture is larger than ${largestPicture / 1024 / 1024} MiB`);
    return { tempFilePath: app.resources.addTemporary(blob, extension) };
  },
  /** `createBufferURL`: logic names the bytes, since its call answers at once. */
  keepBuffer: ({ app }, { path, data }) => {
    if (!(data instanceof ArrayBuffer)) return fail('they are no bytes');
    if (data.byteLength > largestPicture) fail(`the buffer is larger than ${largestPicture / 1024 / 1024} MiB`);
    if (!app.files.addBuffer(String(path), new Blob([data], { type: mediaTypeOf(data) }))) fail('the address is taken');
    return {};
  },
  releaseBuffer: ({ app }, { path }): void => app.files.releaseBuffer(String(path)),
  /** `applyUpdate` of the update manager: the kept release replaces the running one. */
  applyUpdate: ({ app }): void => {
    if (!app.updateReady) fail('update is not ready');
    app.options.restart();
  },
  /** The app shows the data agreement itself, or no longer. */
  listenPrivacyAuthorization: ({ app }, args): void => app.permission.privacy.listen(args.listening === true),
  /** A tap on the app's own button that agrees. */
  agreePrivacyAuthorization: async ({ app, gesture }, args): Promise<void> => {
    if (!(await app.permission.privacy.tapped(gesture, String(args.buttonId)))) {
      fail('can only be invoked by user TAP gesture.');
    }
  },
  /** What the app's agreement came to. */
  resolvePrivacyAuthorization: ({ app }, args): void => {
    const { event, buttonId } = args;
    if (!app.permission.privacy.resolve(String(event), String(buttonId))) {
      fail(
        `no button open-type="agreePrivacyAuthorization" with the id "${String(buttonId)}" was tapped for this question`,
      );
    }
  },
  /** A page with `onShareTimeline` was opened. */
  offerTimeline: ({ page }): void => {
    if (page === undefined) return;
    page.timeline = true;
    page.changed();
  },
  /** What the menu shares, as the app says it. */
  menuShare: ({ app }, args): void => answerWhatToShare(app, args),
  /** A share button: the page that the app named is shared as a link to it. */
  shareAppMessage: async ({ app, page }: CallContext, args): Promise<void> => {
    const address = resolvePageUrl(`/${String(args.path ?? '').replace(/^\/+/, '')}`, page?.path ?? '');
    if (app.config.pages[address.path] === undefined) fail(`page "${address.path}" is not found`);
    if (page !== undefined) deliverWebMessages(page);
    await app.options.share(address, String(args.title ?? '').slice(0, 200));
  },
};

/** By the first bytes, for a picture; other media are told apart by what plays them. */
function mediaTypeOf(data: ArrayBuffer): string {
  const type = pictureType(new Uint8Array(data, 0, Math.min(64, data.byteLength)));
  return type === 'unknown' ? '' : type === 'svg' ? 'image/svg+xml' : `image/${type}`;
}

function reasonOf(failure: unknown): string {
  if (failure instanceof ApiFailure) return failure.reason;
  return failure instanceof Error ? failure.message : String(failure);
}
