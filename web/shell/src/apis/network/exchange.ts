/** One exchange with the gate: what goes out, what comes back, and how its refusals read to an app. */
import { array, number, object, optional, record, safeParse, string, union } from 'valibot';
import type { CallContext } from '../../miniapp/bridge';
import { ApiFailure, fail } from '../../miniapp/failure';
import { base64url, fromBase64url, fromUtf8, utf8 } from '../../package/bytes';
import { problemOf } from '../../platform/problem';

export interface OutgoingMeta {
  use: 'request' | 'upload' | 'download';
  method: string;
  url: string;
  headers: Record<string, string>;
  timeout: number;
}

const metaSchema = object({
  status: number(),
  headers: record(string(), union([string(), array(string())])),
  cookies: optional(array(string()), []),
  finalUrl: optional(string(), ''),
});

export interface Answer {
  statusCode: number;
  header: Record<string, string>;
  cookies: string[];
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  /** Size of the body where it was told, bytes. */
  size: number | undefined;
}

const mostAtOnce = 10;
const shares = new WeakMap<object, { running: number; waiting: (() => void)[] }>();

/** Waits for one of the places that an app's exchanges share; other apps have their own. */
async function place(app: object): Promise<() => void> {
  const share = shares.get(app) ?? { running: 0, waiting: [] };
  shares.set(app, share);
  if (share.running >= mostAtOnce) await new Promise<void>((resolve) => share.waiting.push(resolve));
  share.running += 1;
  return () => {
    share.running -= 1;
    share.waiting.shift()?.();
  };
}

/** An address that may be asked for, checked before anything is sent; the gate checks it again. */
export function declaredUrl(
  context: CallContext,
  url: unknown,
  use: 'request' | 'upload' | 'download' | 'socket',
): string {
  const declared = context.app.config.origins[use];
  let parsed: URL;
  try {
    parsed = new URL(String(url));
  } catch {
    return fail(`invalid url "${String(url).slice(0, 200)}"`, 600_009);
  }
  const schemes = use === 'socket' ? ['wss:', 'ws:'] : ['https:', 'http:'];
  if (!schemes.includes(parsed.protocol)) fail(`invalid url "${String(url).slice(0, 200)}"`, 600_009);
  if (!declared.includes(parsed.origin)) {
    if (declared.includes('*')) context.app.permission.tolerated(use, parsed.origin);
    else
      fail(
        `url not in domain list: ${parsed.origin} is not declared for ${use}; declared are ${declared.join(', ') || 'none'}`,
        600_002,
      );
  }
  context.app.permission.log.contacted(parsed.origin);
  return parsed.href;
}

export function headersOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined && one !== null)
      .map(([name, one]) => [name.toLowerCase(), String(one)])
      .filter(([name]) => name !== 'referer'),
  );
}

/** What the gate knows the app by. */
export async function gateTicket({ app }: CallContext): Promise<string> {
  const access = await app.gate.access();
  return access?.ticket ?? fail('no network: the platform was not reached', 600_003);
}

export async function gateHeaders(context: CallContext, meta: OutgoingMeta): Promise<Record<string, string>> {
  return {
    'Mezze-Gate-Ticket': await gateTicket(context),
    'Mezze-Gate-Meta': base64url(utf8(JSON.stringify(meta))),
  };
}

export function readMeta(text: string | null): Omit<Answer, 'body' | 'size'> {
  const value: unknown = text === null ? undefined : JSON.parse(fromUtf8(fromBase64url(text)));
  const parsed = safeParse(metaSchema, value);
  if (!parsed.success) return fail('the gate answered in an unknown form');
  const { status, headers, cookies } = parsed.output;
  const header = Object.entries(headers).map(([name, one]) => [name, Array.isArray(one) ? one.join(', ') : one]);
  return { statusCode: status, header: Object.fromEntries(header), cookies };
}

/** Sends through the gate. The signal aborts it, with `abort` or `timeout` as its reason. */
export async function exchange(
  context: CallContext,
  meta: OutgoingMeta,
  body: BodyInit | null,
  signal: AbortSignal,
): Promise<Answer & { finished: () => void }> {
  const finished = await place(context.app);
  try {
    const headers = await gateHeaders(context, meta);
    const response = await fetch('/gate/request', {
      method: 'POST',
      headers,
      body,
      signal,
      credentials: 'same-origin',
    });
    if (!response.ok) return fail(refusal(await problemOf(response)), 600_002);
    const answer = readMeta(response.headers.get('Mezze-Gate-Meta'));
    const length = Number(response.headers.get('content-length') ?? answer.header['content-length'] ?? Number.NaN);
    return { ...answer, body: response.body, size: Number.isFinite(length) ? length : undefined, finished };
  } catch (failure) {
    finished();
    throw asApiFailure(failure, signal);
  }
}

export function refusal(problem: { title: string; detail: string }): string {
  return problem.detail === '' ? problem.title : `${problem.title}: ${problem.detail}`;
}

export function asApiFailure(failure: unknown, signal: AbortSignal): ApiFailure {
  if (failure instanceof ApiFailure) return failure;
  if (signal.aborted) return new ApiFailure(String(signal.reason), signal.reason === 'timeout' ? 5 : undefined);
  return new ApiFailure(`no network: ${String(failure)}`, 600_003);
}

export interface Deadline {
  signal: AbortSignal;
  abort: () => void;
  clear: () => void;
}

export function deadline(milliseconds: unknown): Deadline {
  const controller = new AbortController();
  const time = typeof milliseconds === 'number' && milliseconds > 0 ? milliseconds : 60_000;
  const timer = setTimeout(() => controller.abort('timeout'), time);
  return { signal: controller.signal, abort: () => controller.abort('abort'), clear: () => clearTimeout(timer) };
}

/** Reads a body in parts, telling of each. */
export async function readParts(
  body: Answer['body'],
  each: (part: Uint8Array<ArrayBuffer>) => void,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  if (body === null) return parts;
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    each(part.value);
  }
  return parts;
}
