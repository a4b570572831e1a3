/** Gesture handlers in Chromium, by real touches. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Operation } from '../../protocol';
import { Drawer, type Drawn } from '../../view/testing/draw';
import { Fingers } from '../../view/testing/fingers';
import { chromiumFound, closeBrowser, type Mounted, mount } from '../../view/testing/harness';

const box = (attributes: Record<string, unknown> = {}): Drawn => [
  'view',
  { class: 'box', style: 'height:400px', ...attributes },
];
const listens = { 'on:worklet:ongesture': true };

describe.skipIf(!chromiumFound)('gesture handlers', { timeout: 60_000 }, () => {
  let frame: Mounted;
  let fingers: Fingers;
  const open = async (...nodes: Drawn[]) => {
    frame = await mount({ touch: true });
    fingers = await Fingers.of(frame);
    const drawer = new Drawer();
    await frame.ops(...drawer.append(1, ...nodes));
    return drawer;
  };
  const gestures = async (node?: number) =>
    (await frame.events('worklet:ongesture')).filter((event) => node === undefined || event.node === node);
  const states = async (node?: number) => [...new Set((await gestures(node)).map((event) => event.detail['state']))];
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  it('tells a drag from its beginning to its end, with every distance counted once', async () => {
    await open(['pan-gesture-handler', listens, box()]);
    await fingers.swipe([{ x: 100, y: 100 }], [{ x: 200, y: 160 }]);
    await expect.poll(states).toEqual([0, 1, 2, 3]);
    const sum = (await gestures()).reduce((total, { detail }) => total + Number(detail['deltaX'] ?? 0), 0);
    expect(sum).toBeGreaterThan(80);
    expect(sum).toBeLessThanOrEqual(100);
    expect((await gestures()).at(-1)?.detail).toMatchObject({ absoluteX: 200, absoluteY: 160 });
  });

  it('gives an upward drag to the vertical handler inside and cancels the horizontal one', async () => {
    const drawer = await open([
      'horizontal-drag-gesture-handler',
      { ref: 'x', ...listens },
      ['vertical-drag-gesture-handler', { ref: 'y', ...listens }, box()],
    ]);
    await fingers.swipe([{ x: 100, y: 300 }], [{ x: 100, y: 150 }]);
    await expect.poll(() => states(drawer.id('y'))).toEqual([0, 1, 2, 3]);
    expect(await states(drawer.id('x'))).toEqual([0, 4]);
  });

  it('lets two handlers go on together that say so', async () => {
    const drawer = await open([
      'pan-gesture-handler',
      { ref: 'pan', id: 'pan', ...listens },
      ['vertical-drag-gesture-handler', { ref: 'y', tag: 'y', 'simultaneous-handlers': ['pan'], ...listens }, box()],
    ]);
    await fingers.swipe([{ x: 100, y: 300 }], [{ x: 100, y: 150 }]);
    await expect.poll(() => states(drawer.id('y'))).toEqual([0, 1, 2, 3]);
    expect(await states(drawer.id('pan'))).toEqual([0, 1, 2, 3]);
  });

  it('watches a native scroll-view, and stops it once the page says no', async () => {
    const drawer = await open([
      'vertical-drag-gesture-handler',
      { ref: 'y', 'native-view': 'scroll-view', 'on:worklet:should-response-on-move': true, ...listens },
      ['scroll-view', { class: 's', 'scroll-y': true, style: 'height:400px' }, ['view', { style: 'height:3000px' }]],
    ]);
    const top = () =>
      frame
        .frame()
        .locator('.wx-scroll-view')
        .evaluate((scroller) => scroller.scrollTop);
    await fingers.swipe([{ x: 100, y: 350 }], [{ x: 100, y: 150 }]);
    await expect.poll(top).toBeGreaterThan(50);
    await expect.poll(async () => (await frame.events('worklet:should-response-on-move')).length).toBeGreaterThan(0);
    const answer = { name: 'should-response-on-move', value: false };
    await frame.ops(Operation.setAttribute, drawer.id('y'), 'mezze.answer', answer, 0);
    // What the finger gave it may still roll on.
    let before = -1;
    await expect
      .poll(
        async () => {
          const last = before;
          before = await top();
          return before - last;
        },
        { interval: 200, timeout: 5000 },
      )
      .toBe(0);
    await fingers.swipe([{ x: 100, y: 350 }], [{ x: 100, y: 150 }]);
    await frame.page.waitForTimeout(200);
    expect(await top()).toBe(before);
  });

  it('recognises one tap, two, and a long one', async () => {
    const drawer = await open([
      'tap-gesture-handler',
      { ref: 'one', ...listens },
      [
        'double-tap-gesture-handler',
        { ref: 'two', ...listens },
        ['long-press-gesture-handler', { ref: 'long', ...listens }, box()],
      ],
    ]);
    await frame.page.touchscreen.tap(100, 100);
    await expect.poll(() => states(drawer.id('one'))).toEqual([1]);
    expect(await states(drawer.id('two'))).toEqual([]);
    await frame.page.touchscreen.tap(102, 100);
    await expect.poll(() => states(drawer.id('two'))).toEqual([1]);
    await frame.clear();
    await fingers.down({ x: 100, y: 100 });
    await frame.page.waitForTimeout(650);
    await fingers.move({ x: 130, y: 100 });
    await fingers.up();
    await expect.poll(() => states(drawer.id('long'))).toEqual([0, 1, 2, 3]);
    expect((await gestures(drawer.id('long'))).at(-1)?.detail).toMatchObject({ translationX: 30, translationY: 0 });
    expect(await states(drawer.id('one'))).toEqual([]);
  });

  it('measures two fingers that go apart and turn', async () => {
    await open(['scale-gesture-handler', listens, box()]);
    const from = [
      { x: 150, y: 200 },
      { x: 250, y: 200 },
    ];
    await fingers.swipe(from, [
      { x: 200, y: 100 },
      { x: 200, y: 300 },
    ]);
    await expect.poll(states).toEqual([0, 1, 2, 3]);
    const last = (await gestures()).findLast(({ detail }) => detail['state'] === 2)?.detail;
    expect(last?.['scale']).toBeCloseTo(2, 1);
    expect(last?.['rotation']).toBeCloseTo(Math.PI / 2, 1);
    expect(last).toMatchObject({ focalX: 200, focalY: 200, pointerCount: 2 });
  });
});
