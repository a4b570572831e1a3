/**
 * Values that a stranger might send, for property tests of what reads them: anything at all, and right ones in which
 * something was changed. The seed is fixed, so that a failure is the same on every machine.
 */
import fc from 'fast-check';

/** How a property is run; a case that takes longer than `slow` is as good as one that never ends. */
export const settled = { seed: 20_261_123, numRuns: 400 } as const;
export const slow = 1000;

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'length',
  'k',
  'op',
  'id',
];
const texts = ['', '__proto__', '../..', '\u0000', '\ud800', '\u202e', '%00', 'javascript:1', 'x'.repeat(20_000)];
const numbers = [0, -0, -1, 1.5, 2 ** 31, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, Number.MIN_VALUE];

const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, false, ...texts, ...numbers),
  fc.string(),
  fc.double(),
  fc.bigInt(),
);

/** Anything that a port may carry. */
export const anything = fc.oneof(
  leaf,
  fc.anything({
    key: fc.oneof(fc.constantFrom(...names), fc.string()),
    values: [leaf],
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
    maxDepth: 4,
  }),
  fc.constantFrom<unknown>(polluting(), deep(2000), cyclic()),
);

/** What JSON may hold, `__proto__` as a name of its own included. */
export const json = fc.oneof(
  fc.jsonValue({ maxDepth: 5 }).map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '{"__proto__":{"polluted":true}}',
    '[[[[[[[[]]]]]]]]',
    '{"constructor":{"prototype":{"polluted":1}}}',
  ),
);

/** One of these right values, with up to three members taken away, exchanged or added. */
export function spoiled(right: readonly unknown[], other: fc.Arbitrary<unknown> = anything): fc.Arbitrary<unknown> {
  const change = fc.record({
    steps: fc.array(fc.nat(12), { minLength: 1, maxLength: 5 }),
    how: fc.constantFrom('set', 'remove', 'add'),
    name: fc.constantFrom(...names),
    value: other,
  });
  return fc
    .tuple(fc.constantFrom(...right), fc.array(change, { maxLength: 3 }))
    .map(([value, changes]) =>
      changes.reduce<unknown>((current, one) => changed(current, one), structuredClone(value)),
    );
}

interface Change {
  steps: number[];
  how: string;
  name: string;
  value: unknown;
}

function changed(root: unknown, { steps, how, name, value }: Change): unknown {
  let at = root;
  for (const [index, step] of steps.entries()) {
    if (typeof at !== 'object' || at === null) return index === 0 ? value : root;
    const keys = Object.keys(at);
    const key = how === 'add' && index === steps.length - 1 ? name : keys[step % Math.max(1, keys.length)];
    if (key === undefined) return root;
    const next: unknown = Reflect.get(at, key);
    if (index < steps.length - 1 && typeof next === 'object' && next !== null) {
      at = next;
      continue;
    }
    try {
      if (how === 'remove') Reflect.deleteProperty(at, key);
      // As JSON.parse and structured clones have it: a member of its own, whatever its name.
      else Object.defineProperty(at, key, { value, enumerable: true, configurable: true, writable: true });
    } catch {
      // Arrays of numbers take nothing else.
    }
    return root;
  }
  return root;
}

/** Runs a reader on a value: it took no time to speak of, and nothing that all objects have was changed. */
export function reading<T>(read: () => T): T {
  const began = performance.now();
  try {
    return read();
  } finally {
    unharmed(began);
  }
}

export async function readingLater<T>(read: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    return await read();
  } finally {
    unharmed(began);
  }
}

function unharmed(began: number): void {
  const took = performance.now() - began;
  if (took > slow) throw new Error(`it took ${Math.round(took)} ms`);
  if (Reflect.get({}, 'polluted') !== undefined || Object.keys(Object.prototype).length > 0) {
    throw new Error('all objects were changed');
  }
}

function polluting(): unknown {
  return JSON.parse('{"k":"call","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
}

function deep(levels: number): unknown {
  let value: unknown = {};
  for (let level = 0; level < levels; level += 1) value = { value };
  return value;
}

function cyclic(): unknown {
  const value: Record<string, unknown> = { k: 'call' };
  value['self'] = value;
  return value;
}
