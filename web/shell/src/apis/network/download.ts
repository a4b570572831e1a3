/** `downloadFile`: to a temporary file, or where the app wants it among its user files. */
import type { CallContext } from '../../miniapp/bridge';
import { fail } from '../../miniapp/failure';
import { extensionOf, extensionOfType } from '../../miniapp/media-type';
import { asApiFailure, deadline, declaredUrl, exchange, headersOf, type OutgoingMeta, readParts } from './exchange';

type Args = Record<string, unknown>;

/** Bytes. */
const largest = 200 * 1024 * 1024;

export async function downloadFile(context: CallContext, args: Args): Promise<Args> {
  const { bridge, files } = context.app;
  const limit = deadline(args.timeout);
  const done = bridge.addTask(context.id, (method) => {
    if (method === 'download.abort' || method === 'close') limit.abort();
  });
  try {
    const url = declaredUrl(context, args.url, 'download');
    const target = typeof args.filePath === 'string' && args.filePath !== '' ? args.filePath : undefined;
    // Said before anything is fetched for nothing.
    const obstacle = target === undefined ? undefined : files.obstacle(target);
    if (obstacle !== undefined) return fail(obstacle);
    const timeout = Number(args.timeout ?? 60_000);
    const meta: OutgoingMeta = { use: 'download', method: 'GET', url, headers: headersOf(args.header), timeout };
    const answer = await exchange(context, meta, null, limit.signal);
    const { statusCode, header, cookies, finished } = answer;
    try {
      bridge.event('download.headers', { statusCode, header, cookies }, context.id);
      const parts = await receive(context, answer);
      const blob = new Blob(parts, { type: header['content-type'] ?? '' });
      return { statusCode, header, ...keep(context, blob, url, target) };
    } catch (failure) {
      throw asApiFailure(failure, limit.signal);
    } finally {
      finished();
    }
  } finally {
    limit.clear();
    done();
  }
}

/** Reads the body, telling how far it is. */
async function receive({ app, id }: CallContext, { body, size }: Awaited<ReturnType<typeof exchange>>) {
  if (size !== undefined && size > largest) fail('exceed max download size 200MB');
  let written = 0;
  return readParts(body, (part) => {
    written += part.length;
    if (written > largest) fail('exceed max download size 200MB');
    const total = size ?? written;
    const progress = Math.min(100, Math.round((written / total) * 100));
    const detail = { progress, totalBytesWritten: written, totalBytesExpectedToWrite: total };
    app.bridge.event('download.progress', detail, id);
  });
}

function keep({ app }: CallContext, blob: Blob, url: string, target: string | undefined): Args {
  if (target === undefined) {
    const extension = extensionOf(new URL(url).pathname) || extensionOfType(blob.type);
    return { tempFilePath: app.resources.addTemporary(blob, extension) };
  }
  if (!app.files.put(target, blob)) fail('the maximum size of the file storage limit is exceeded', 1_300_202);
  return { filePath: target };
}
