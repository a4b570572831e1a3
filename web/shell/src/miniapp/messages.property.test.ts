/** Whatever logic or a page frame says: it is understood in full, or refused, and nothing else happens. */
import fc from 'fast-check';
import { safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { anything, reading, settled, spoiled } from '../../../common/testing/hostile-values';
import { catalog } from '../../../runtime/protocol/generated/catalog';
import { checkArguments, specificationOf } from '../apis/arguments';
import { frameMessageSchema } from '../frames/messages';
import { ApiFailure } from './failure';
import { logicMessageSchema } from './messages';

const fromLogic = [
  { k: 'booted' },
  { k: 'ready' },
  {
    k: 'call',
    id: 1,
    api: 'request',
    args: { url: 'https://example.org', header: { a: 'b' } },
    pageId: 1,
    gesture: 'f',
  },
  { k: 'task', task: 3, method: 'abort', args: {} },
  { k: 'page.ready', pageId: 1, path: 'pages/index/index' },
  { k: 'page.failed', pageId: 1, path: 'pages/index/index', message: 'it broke' },
  { k: 'console', level: 'warn', text: 'x', position: { file: 'app.js', line: 1, column: 2 } },
  { k: 'error', message: 'x', stack: 'y' },
  { k: 'storage', op: 'set', key: 'a', value: '1' },
  { k: 'storage', op: 'remove', key: 'a' },
  { k: 'storage', op: 'clear' },
  { k: 'file', op: 'write', path: 'wxfile://usr/a', data: new Blob(['x']) },
  { k: 'file', op: 'rename', from: 'wxfile://usr/a', to: 'wxfile://usr/b' },
];
const fromFrame = [
  { k: 'painted', pageId: 1, after: 12 },
  { k: 'gesture', token: '0123456789abcdef0123456789abcdef', node: 4, type: 'tap', openType: 'share' },
  { k: 'resolve', id: 1, src: '/a.png', kind: 'image' },
  { k: 'violation', rule: 'limit', detail: 'x' },
  { k: 'console', level: 'error', text: 'x' },
  { k: 'host', id: 1, node: 2, op: 'page.bar', args: { title: 'x' } },
  { k: 'scrolledToTop' },
];

/** What was accepted holds nothing but members of its own, and texts of bounded length. */
function sound(message: unknown): void {
  expect(typeof message).toBe('object');
  expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
  for (const [name, value] of Object.entries(message as object)) {
    if (typeof value === 'string' && name !== 'value') expect(value.length).toBeLessThanOrEqual(16_384);
    if (['id', 'task', 'pageId', 'node', 'after'].includes(name)) expect(typeof value).toBe('number');
    if (name === 'args') expect(Object.hasOwn(value, '__proto__')).toBe(false);
  }
}

describe.each([
  ['logic', logicMessageSchema, fromLogic],
  ['a page frame', frameMessageSchema, fromFrame],
] as const)('what %s says', (_side, schema, right) => {
  it('is right as the runtime writes it', () => {
    for (const message of right) expect(safeParse(schema, message).success, JSON.stringify(message)).toBe(true);
  });

  it('is understood or refused', () => {
    fc.assert(
      fc.property(fc.oneof(anything, spoiled(right)), (message) => {
        const parsed = reading(() => safeParse(schema, message));
        if (parsed.success) sound(parsed.output);
        else expect(typeof parsed.issues[0].message).toBe('string');
      }),
      { ...settled, numRuns: 3000 },
    );
  });
});

it('arguments of every API of the catalog are as the catalog says, or refused in its words', () => {
  const names = Object.keys(catalog);
  const given = fc
    .oneof(anything, fc.dictionary(fc.string(), anything))
    .filter((one) => typeof one === 'object' && one !== null);
  fc.assert(
    fc.property(fc.constantFrom(...names, '__proto__', 'constructor'), given, anything, (api, args, value) => {
      const specification = specificationOf(api);
      const known = specification?.parameters ?? [];
      const filled = { ...(args as object), ...Object.fromEntries(known.map(({ name }) => [name, value])) };
      for (const attempt of [args as Record<string, unknown>, filled]) {
        try {
          const checked = reading(() => checkArguments(specification, attempt));
          for (const name of Object.keys(checked)) expect(known.some((one) => one.name === name)).toBe(true);
        } catch (failure) {
          expect(failure).toBeInstanceOf(ApiFailure);
          expect((failure as ApiFailure).reason).toMatch(/^parameter error: /);
        }
      }
    }),
    { ...settled, numRuns: 3000 },
  );
});
