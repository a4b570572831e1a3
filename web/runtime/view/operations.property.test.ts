/**
 * Whatever logic draws: the page frame applies it or breaks off with a violation that it reports. Nothing stands in
 * the page afterwards that could run, load or catch anything, no error gets past the reader, and the thread goes on.
 */
import fc from 'fast-check';
import { safeParse } from 'valibot';
import { afterAll, describe, expect, it } from 'vitest';
import { settled } from '../../common/testing/hostile-values';
import { frameMessageSchema } from '../../shell/src/frames/messages';
import { Operation, operandCount } from '../protocol';
import { chromiumFound, closeBrowser, type Mounted, mount } from './testing/harness';

const id = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 9 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(0, -1, 1.5, 4_294_967_296, '1', null, true, '__proto__', Number.NaN),
  },
);
const plain = [
  'view',
  'text',
  'image',
  'input',
  'swiper',
  'scroll-view',
  'rich-text',
  'picker',
  'canvas',
  'video',
  'button',
];
const tag = fc.oneof(
  fc.constantFrom(...plain),
  fc.constantFrom(
    'script',
    'iframe',
    'style',
    'svg',
    'x><script>',
    '',
    '__proto__',
    '\u0000',
    'ONCLICK',
    'a'.repeat(200),
  ),
);
const text = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '<script>evil=1</script>',
    '\n\n',
    '\ud800',
    'x'.repeat(3000),
    'background:url(javascript:1)',
    '};body{display:none',
  ),
);
const name = fc.oneof(
  fc.constantFrom(
    'src',
    'value',
    'nodes',
    'class',
    'hidden',
    'animation',
    'range',
    'current',
    'data-x',
    'slot',
    'mezze.input',
  ),
  fc.constantFrom(
    'onclick',
    'srcdoc',
    'href',
    'style',
    '__proto__',
    'constructor',
    'innerHTML',
    '',
    'is',
    'a'.repeat(300),
  ),
);
const value = fc.oneof(
  fc.constantFrom<unknown>(
    'javascript:evil=1',
    'data:text/html,<script>evil=1</script>',
    true,
    -1,
    1e12,
    Number.NaN,
    null,
    [],
    {},
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    '<img src=x onerror="evil=1">',
    [{ name: 'script', children: [{ type: 'text', text: 'evil=1' }] }],
    [{ name: 'img', attrs: { onerror: 'evil=1', src: 'x' } }],
  ),
);
const number = fc.constantFrom<unknown>(0, 1, 2, 7, -1, 1e9, 'x', null);

const operands: Record<number, fc.Arbitrary<unknown>[]> = {
  [Operation.createElement]: [id, tag],
  [Operation.createText]: [id, text],
  [Operation.setText]: [id, text],
  [Operation.setId]: [id, text],
  [Operation.setClass]: [id, text],
  [Operation.setStyle]: [id, text],
  [Operation.setAttribute]: [id, name, value, number],
  [Operation.removeAttribute]: [id, name],
  [Operation.setListener]: [id, fc.constantFrom('tap', 'scroll', 'touchmove', '__proto__', ''), number],
  [Operation.setModelBinding]: [id, name, number],
  [Operation.spliceBefore]: [id, id, number, id],
  [Operation.spliceRemove]: [id, id, number],
  [Operation.release]: [id, number],
};

const operation = fc
  .constantFrom(...Object.values(Operation))
  .chain((code) =>
    fc.tuple(
      fc.constant<unknown>(code),
      ...(operands[code] ?? Array.from({ length: operandCount[code] ?? 0 }, () => id)),
    ),
  );

/** Changes of nodes that are there: nothing in the form is wrong, whatever the values are. */
const node = fc.integer({ min: 2, max: 5 });
const known = name.filter((one) => one.length <= 256);
const change = fc.oneof(
  fc.tuple(fc.constant<unknown>(Operation.setAttribute), node, known, value, fc.constant(0)),
  fc.tuple(fc.constant<unknown>(Operation.removeAttribute), node, known),
  fc.tuple(fc.constant<unknown>(Operation.setStyle), node, text),
  fc.tuple(fc.constant<unknown>(Operation.setClass), node, text),
  fc.tuple(fc.constant<unknown>(Operation.setModelBinding), node, known, fc.constantFrom(0, 1)),
);

/** Four nodes in the page, so that what follows has something to work on; then changes of them, or anything. */
const program = fc
  .tuple(
    fc.array(fc.constantFrom(...plain), { minLength: 4, maxLength: 4 }),
    fc.oneof(fc.array(change, { minLength: 10, maxLength: 60 }), fc.array(operation, { minLength: 1, maxLength: 25 })),
  )
  .map(([tags, operations]) => [
    ...tags.flatMap((one, index) => [Operation.createElement, index + 2, one, Operation.appendChild, 1, index + 2]),
    ...operations.flat(),
  ]);

describe.skipIf(!chromiumFound)('any stream of operations', { timeout: 120_000 }, () => {
  afterAll(closeBrowser);

  it('is drawn by the lists, or broken off', async () => {
    let frame: Mounted | undefined;
    const drawn = { whole: 0, broken: 0 };
    await fc.assert(
      fc.asyncProperty(program, async (ops) => {
        frame = await mount();
        try {
          const ended = await end(frame, ops);
          drawn[ended] += 1;
          expect(await harm(frame)).toEqual([]);
          for (const message of await frame.toShell()) {
            const known = safeParse(frameMessageSchema, message);
            expect(known.success, JSON.stringify(message)).toBe(true);
            // What the reader did not foresee would have come as an error of the page's.
            if (message.k === 'console') expect(message.text).not.toMatch(/Uncaught/);
            if (message.k === 'violation') expect(message.detail).not.toMatch(/is not a function|undefined|null \(/);
          }
        } finally {
          await frame.close();
        }
      }),
      { ...settled, numRuns: 24, endOnFailure: true },
    );
    // A test in which everything breaks off at once would try nothing.
    expect(Math.min(drawn.whole, drawn.broken)).toBeGreaterThan(3);
  });
});

/** Posts the batch; the frame acknowledges it or reports a violation, within seconds. */
function end(frame: Mounted, ops: unknown[]): Promise<'whole' | 'broken'> {
  return frame.page.evaluate(async (batch) => {
    const { harness } = window as unknown as {
      harness: { batch(seq: number, ops: unknown[]): Promise<void>; toShell: { k: string }[] };
    };
    const whole = harness.batch(1, batch).then(() => 'whole' as const);
    const broken = new Promise<'broken'>((resolve, reject) => {
      const began = performance.now();
      const look = () => {
        if (harness.toShell.some(({ k }) => k === 'violation')) resolve('broken');
        else if (performance.now() - began > 5000) reject(new Error('neither drawn nor broken off'));
        else setTimeout(look, 10);
      };
      look();
    });
    return Promise.race([whole, broken]);
  }, ops);
}

/** What must stand in no page, shadow trees included. */
function harm(frame: Mounted): Promise<string[]> {
  return frame.frame().evaluate(() => {
    const below = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((one) => [
        one,
        ...(one.shadowRoot === null ? [] : below(one.shadowRoot)),
      ]);
    // Drawings of our own components are `svg`; nothing of an app's can be one.
    const forbidden = ['script', 'iframe', 'object', 'embed', 'link', 'meta', 'base', 'form', 'math', 'template'];
    const found = below(document.body).flatMap((one) => [
      ...(forbidden.includes(one.localName) ? [one.localName] : []),
      ...one.getAttributeNames().filter((attribute) => attribute.startsWith('on') || attribute === 'srcdoc'),
      ...(/^\s*(javascript|data:text)/i.test(`${one.getAttribute('href') ?? ''}${one.getAttribute('src') ?? ''}`)
        ? ['script address']
        : []),
    ]);
    if ('evil' in globalThis) found.push('a script ran');
    if ('polluted' in {} || Object.keys(Object.prototype).length > 0) found.push('prototypes were changed');
    return found;
  });
}
