/** `request`: one exchange; logic encodes the body and decodes the answer. */
import type { CallContext } from '../../miniapp/bridge';
import { fail } from '../../miniapp/failure';
import { concatenate } from '../../package/bytes';
import { asApiFailure, deadline, declaredUrl, exchange, headersOf, type OutgoingMeta, readParts } from './exchange';

type Args = Record<string, unknown>;

export async function request(context: CallContext, args: Args): Promise<Args> {
  const { bridge } = context.app;
  const limit = deadline(args.timeout);
  const done = bridge.addTask(context.id, (method) => {
    if (method === 'request.abort' || method === 'close') limit.abort();
  });
  try {
    const method = String(args.method ?? 'GET').toUpperCase();
    const meta: OutgoingMeta = {
      use: 'request',
      method,
      url: declaredUrl(context, args.url, 'request'),
      headers: headersOf(args.header),
      timeout: Number(args.timeout ?? 60_000),
    };
    const answer = await exchange(context, meta, bodyOf(method, args.data), limit.signal);
    const { statusCode, header, cookies, finished } = answer;
    try {
      bridge.event('request.headers', { statusCode, header, cookies }, context.id);
      const parts = await readParts(answer.body, (part) => {
        if (args.enableChunked === true) bridge.event('request.chunk', { data: part.slice().buffer }, context.id);
      });
      return { statusCode, header, cookies, data: concatenate(parts).buffer };
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

function bodyOf(method: string, data: unknown): BodyInit | null {
  if (data === undefined || method === 'GET' || method === 'HEAD') return null;
  if (typeof data === 'string' || data instanceof ArrayBuffer) return data;
  return fail('parameter error: parameter.data should be String or ArrayBuffer by the time it is sent;');
}
