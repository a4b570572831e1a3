/** Values as text for the console, short and without ever throwing. */

const maximumDepth = 4;
const maximumItems = 100;
const maximumLength = 10_000;

/** The arguments of a console call as one line of text, `%s`-style formats applied. */
export function formatMessage(values: readonly unknown[]): string {
  let rest = values;
  let text = '';
  if (typeof values[0] === 'string' && /%[sdifoOc]/.test(values[0])) {
    const queue = values.slice(1);
    text = values[0].replace(/%[sdifoOc]/g, (format) => {
      if (queue.length === 0) return format;
      const value = queue.shift();
      if (format === '%c') return '';
      if (format === '%d' || format === '%i') return String(Math.trunc(Number(value)));
      if (format === '%f') return String(Number(value));
      return typeof value === 'string' ? value : inspect(value);
    });
    rest = queue;
  }
  const parts = rest.map((value) => (typeof value === 'string' ? value : inspect(value)));
  const line = text === '' ? parts.join(' ') : [text, ...parts].join(' ');
  return line.length > maximumLength ? `${line.slice(0, maximumLength)}…` : line;
}

export function inspect(value: unknown): string {
  try {
    return describe(value, 0, new Set());
  } catch {
    return '[unreadable]';
  }
}

function describe(value: unknown, depth: number, above: Set<object>): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return value.toString();
  if (typeof value === 'function') return `[Function${value.name ? ` ${value.name}` : ''}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Error) return value.stack ?? String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof ArrayBuffer) return `ArrayBuffer(${value.byteLength})`;
  if (above.has(value)) return '[Circular]';
  if (depth >= maximumDepth) return Array.isArray(value) ? `[Array(${value.length})]` : '[Object]';
  above.add(value);
  const text = describeMembers(value, depth, above);
  above.delete(value);
  return text;
}

function describeMembers(value: object, depth: number, above: Set<object>): string {
  const each = (item: unknown) => describe(item, depth + 1, above);
  if (Array.isArray(value)) {
    const items = value.slice(0, maximumItems).map(each);
    if (value.length > maximumItems) items.push(`… ${value.length - maximumItems} more`);
    return `[${items.join(', ')}]`;
  }
  if (value instanceof Map)
    return `Map(${value.size}) {${[...value].map(([k, v]) => `${each(k)} => ${each(v)}`).join(', ')}}`;
  if (value instanceof Set) return `Set(${value.size}) {${[...value].map(each).join(', ')}}`;
  const keys = Object.keys(value);
  const members = keys.slice(0, maximumItems).map((key) => `${key}: ${each((value as Record<string, unknown>)[key])}`);
  if (keys.length > maximumItems) members.push(`… ${keys.length - maximumItems} more`);
  const name = value.constructor?.name;
  return `${name && name !== 'Object' ? `${name} ` : ''}{${members.join(', ')}}`;
}
