/** `downloadFile`: to a temporary file, which lives as long as the app runs. */
import type { CallContext } from '../../miniapp/bridge';
import { extensionOf, extensionOfType } from '../../miniapp/media-type';
import { asApiFailure, deadline, declaredUrl, exchange, headersOf, type OutgoingMeta, readParts } from './exchange';

type Args = Record<string, unknown>;

export async function downloadFile(context: CallContext, args: Args): Promise<Args> {
  const { bridge, resources } = context.app;
  const limit = deadline(args.timeout);
  const done = bridge.addTask(context.id, (method) => {
    if (method === 'download.abort' || method === 'close') limit.abort();
  });
  try {
    const url = declaredUrl(context, args.url, 'download');
    const timeout = Number(args.timeout ?? 60_000);
    const meta: OutgoingMeta = { use: 'download', method: 'GET', url, headers: headersOf(args.header), timeout };
    const answer = await exchange(context, meta, null, limit.signal);
    const { statusCode, header, cookies, size, finished } = answer;
    try {
      bridge.event('download.headers', { statusCode, header, cookies }, context.id);
      let written = 0;
      const parts = await readParts(answer.body, (part) => {
        written += part.length;
        const total = size ?? written;
        const progress = { progress: Math.min(100, Math.round((written / total) * 100)) };
        const detail = { ...progress, totalBytesWritten: written, totalBytesExpectedToWrite: total };
        bridge.event('download.progress', detail, context.id);
      });
      const type = header['content-type'] ?? '';
      const extension = extensionOf(new URL(url).pathname) || extensionOfType(type);
      const path = resources.addTemporary(new Blob(parts, { type }), extension);
      return { statusCode, header, tempFilePath: path };
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
