/** Calls to the platform's REST interface (docs/architecture/rest.md); every answer is validated. */
import { array, type GenericSchema, type InferOutput, nullish, object, string } from 'valibot';
import { PlatformProblem, problemOf, reach, understood } from '../../../shell/src/platform/problem';

export { PlatformProblem };

export interface CallOptions {
  body?: unknown;
  /** The revision that was seen: the call is refused (412) where there is a newer one. */
  revision?: number;
  /** Instead of JSON. */
  bytes?: Blob;
  headers?: Record<string, string>;
}

async function send(method: string, path: string, options: CallOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (options.revision !== undefined) headers['if-match'] = `"r${options.revision}"`;
  if (options.bytes !== undefined) {
    init.body = options.bytes;
  } else if (options.body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(options.body);
  }
  const response = await reach(path, init);
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** A call that answers with JSON of this form. */
export async function call<T extends GenericSchema>(
  method: string,
  path: string,
  schema: T,
  options: CallOptions = {},
): Promise<InferOutput<T>> {
  const response = await send(method, path, options);
  const value: unknown = await response.json().catch(() => undefined);
  return understood(schema, value, response.status, `${method} ${path}`);
}

/** A call whose answer says no more than that it worked. */
export async function tell(method: string, path: string, options: CallOptions = {}): Promise<void> {
  await send(method, path, options);
}

export async function bytesOf(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await send('GET', path, {})).arrayBuffer());
}

export async function textOf(path: string): Promise<string> {
  return (await send('GET', path, {})).text();
}

export interface Page<T> {
  items: T[];
  /** Cursor of the next page. */
  next: string | undefined;
}

export type Query = Record<string, string | number | boolean | undefined>;

/** One page of a list; `after` is `next` of the page before. */
export async function page<T extends GenericSchema>(
  path: string,
  item: T,
  query: Query,
  after?: string,
): Promise<Page<InferOutput<T>>> {
  const schema = object({ items: array(item), next: nullish(string()) });
  const answer = await call('GET', withQuery(path, { ...query, after }), schema);
  return { items: answer.items as InferOutput<T>[], next: answer.next ?? undefined };
}

export function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '' && value !== false);
  if (given.length === 0) return path;
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** A part of a path. */
export const part = encodeURIComponent;
