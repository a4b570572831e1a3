/** Messages as text: what a structured clone would carry, as far as JSON can. Bytes go by their length alone. */
import { HeadlessBlob } from './blob';

// An app may replace what belongs to everyone; messages go on.
const { parse, stringify } = JSON;
const { entries, fromEntries, keys } = Object;

const bytesKey = '$bytes';

export function encode(message: unknown): string {
  try {
    return stringify(message, replacer);
  } catch {
    return stringify(withoutCycles(message, new Set()), replacer);
  }
}

/** Batches of operations are large and hold bytes in the rarest of cases. */
export function encodeOperations(message: unknown): string {
  try {
    return stringify(message);
  } catch {
    return encode(message);
  }
}

function replacer(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return { [bytesKey]: value.byteLength };
  if (value instanceof HeadlessBlob) return { [bytesKey]: value.size };
  return value;
}

/** A copy in which a value that is inside itself is missing. */
function withoutCycles(value: unknown, above: Set<object>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const bytes = replacer('', value);
  if (bytes !== value) return bytes;
  if (above.has(value)) return null;
  above.add(value);
  const copy = Array.isArray(value)
    ? value.map((item) => withoutCycles(item, above))
    : fromEntries(entries(value).map(([key, item]) => [key, withoutCycles(item, above)]));
  above.delete(value);
  return copy;
}

/** What text can't carry, by the one key that stands for it: made here. */
export type Revive = Record<string, (value: unknown) => unknown>;

/** Text from the host; `{"$bytes": "text"}` in it becomes an ArrayBuffer with that text as UTF-8, and so on. */
export function decode(text: string, revive: Revive): unknown {
  if (!text.includes('"$')) return parse(text);
  return parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    const [only, ...more] = keys(value);
    const make = only === undefined || more.length > 0 ? undefined : revive[only];
    return make === undefined ? value : make((value as Record<string, unknown>)[only as string]);
  });
}
