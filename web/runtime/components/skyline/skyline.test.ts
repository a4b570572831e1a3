/** The containers of Skyline in Chromium: grids, sticky headers, sheets that are dragged, nested scrolling. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Operation } from '../../protocol';
import type { LayoutDefaults } from '../../protocol/frame-port';
import { Drawer, type Drawn } from '../../view/testing/draw';
import { Fingers } from '../../view/testing/fingers';
import { chromiumFound, closeBrowser, type Mounted, mount } from '../../view/testing/harness';

const row = (height: number, attributes: Record<string, unknown> = {}): Drawn => [
  'view',
  { style: `height:${height}px`, ...attributes },
];
const rows = (count: number, height: number): Drawn[] => Array.from({ length: count }, () => row(height));

describe.skipIf(!chromiumFound)('Skyline containers', { timeout: 60_000 }, () => {
  let frame: Mounted;
  const open = async (...nodes: Drawn[]) => {
    frame = await mount({ touch: true });
    const drawer = new Drawer();
    await frame.ops(...drawer.append(1, ...nodes));
    return drawer;
  };
  const boxes = (selector: string) =>
    frame
      .frame()
      .locator(selector)
      .evaluateAll((elements) =>
        elements.map((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          return [left, top, width, height].map(Math.round);
        }),
      );
  const scrollTop = (selector: string) =>
    frame
      .frame()
      .locator(`${selector} > .wx-scroll-view`)
      .evaluate((scroller) => scroller.scrollTop);
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  it.each<[string, LayoutDefaults | undefined, string[]]>([
    ['the web’s', undefined, ['block row static 120', 'block row static 100']],
    [
      'what an app turned back',
      { skyline: true, display: 'block', box: 'content' },
      ['block row relative 120', 'block row static 100'],
    ],
    [
      'the engine’s own',
      { skyline: true, display: 'flex', box: 'border' },
      ['flex column relative 100', 'flex row static 80'],
    ],
  ])('lays out from %s defaults, and classes win over them', async (_name, layout, expected) => {
    frame = await mount({
      styles: [{ file: 'a.css', text: '.own { position: static; flex-direction: row }' }],
      ...(layout === undefined ? {} : { layout }),
    });
    const outer = { style: 'width: 100px; padding: 10px' };
    await frame.ops(...new Drawer().append(1, ['view', outer, ['view', { class: 'own' }]]));
    const seen = await frame
      .frame()
      .locator('mz-view')
      .evaluateAll((elements) =>
        elements.map((element) => {
          const { display, flexDirection, position } = getComputedStyle(element);
          return [display, flexDirection, position, element.getBoundingClientRect().width].join(' ');
        }),
      );
    expect(seen).toEqual(expected);
  });

  it('gives an aligned grid rows as high as their highest child', async () => {
    await open([
      'grid-view',
      { 'cross-axis-count': 3, 'cross-axis-gap': 15, 'main-axis-gap': 10, padding: [5, 0, 0, 0] },
      row(40, { class: 'g' }),
      row(60, { class: 'g' }),
      row(20, { class: 'g' }),
      row(30, { class: 'g' }),
    ]);
    expect(await boxes('.g')).toEqual([
      [0, 5, 120, 40],
      [135, 5, 120, 60],
      [270, 5, 120, 20],
      [0, 75, 120, 30],
    ]);
  });

  it('puts each child of a masonry under the shortest column, also after one grew', async () => {
    const drawer = await open([
      'grid-view',
      { ref: 'grid', class: 'grid', type: 'masonry', 'cross-axis-count': 2, 'cross-axis-gap': 10, 'main-axis-gap': 5 },
      row(100, { class: 'm', ref: 'first' }),
      row(40, { class: 'm' }),
      row(30, { class: 'm' }),
      row(20, { class: 'm' }),
    ]);
    const expected = [
      [0, 0, 190, 100],
      [200, 0, 190, 40],
      [200, 45, 190, 30],
      [200, 80, 190, 20],
    ];
    await expect.poll(() => boxes('.m')).toEqual(expected);
    expect(await boxes('.grid')).toEqual([[0, 0, 390, 100]]);
    await frame.ops(Operation.setStyle, drawer.id('first'), 'height:10px');
    await expect.poll(async () => (await boxes('.m'))[3]).toEqual([200, 45, 190, 20]);
  });

  it('keeps a section’s header at the top until the section is over', async () => {
    const section = (name: string, attributes: Record<string, unknown> = {}): Drawn => [
      'sticky-section',
      attributes,
      ['sticky-header', { 'on:stickontopchange': true }, row(40, { class: name })],
      ['list-view', {}, ...rows(5, 100)],
    ];
    const drawer = await open([
      'scroll-view',
      { ref: 'scroll', 'scroll-y': true, type: 'custom', style: 'height:300px' },
      section('one'),
      section('two', { 'push-pinned-header': false }),
    ]);
    const top = async (name: string) => (await boxes(`.${name}`))[0]?.[1];
    await frame.invoke(drawer.id('scroll'), 'scrollTo', { top: 200, animated: false });
    expect(await top('one')).toBe(0);
    expect((await frame.waitFor('stickontopchange')).detail).toEqual({ isStickOnTop: true });
    await frame.invoke(drawer.id('scroll'), 'scrollTo', { top: 520, animated: false });
    expect(await top('one')).toBe(-20);
    await frame.invoke(drawer.id('scroll'), 'scrollTo', { top: 700, animated: false });
    expect(await top('two')).toBe(0);
  });

  it('grows a sheet before what is in it scrolls, and snaps where it is told to', async () => {
    const sheet = { ref: 'sheet', 'min-child-size': 0.2, 'initial-child-size': 0.5, 'max-child-size': 0.8 };
    const drawer = await open([
      'view',
      { style: 'height:800px' },
      [
        'draggable-sheet',
        { ...sheet, snap: true, 'on:worklet:onsizeupdate': true },
        [
          'scroll-view',
          { class: 's', 'scroll-y': true, style: 'height:100%', 'associative-container': 'draggable-sheet' },
          ...rows(20, 100),
        ],
      ],
    ]);
    const height = async () => (await boxes('.mz-draggable-sheet'))[0]?.[3];
    expect(await height()).toBe(400);
    const fingers = await Fingers.of(frame);
    await fingers.swipe([{ x: 100, y: 700 }], [{ x: 100, y: 380 }], { rest: 150 });
    await expect.poll(height).toBe(640);
    expect(await scrollTop('.s')).toBeGreaterThan(40);
    await fingers.swipe([{ x: 100, y: 300 }], [{ x: 100, y: 700 }], { rest: 150 });
    await expect.poll(async () => [await scrollTop('.s'), await height()]).toEqual([0, 160]);
    await frame.invoke(drawer.id('sheet'), 'scrollTo', { size: 0.5, animated: false });
    expect(await height()).toBe(400);
    expect((await frame.events('worklet:onsizeupdate')).at(-1)?.detail).toMatchObject({ size: 0.5, pixels: 400 });
  });

  it('scrolls a nested header away before the body scrolls', async () => {
    await open([
      'scroll-view',
      { class: 'outer', 'scroll-y': true, type: 'nested', style: 'height:400px' },
      ['nested-scroll-header', {}, row(100)],
      [
        'nested-scroll-body',
        {},
        [
          'scroll-view',
          { class: 'inner', 'scroll-y': true, style: 'height:100%', 'associative-container': 'nested-scroll-view' },
          ...rows(20, 100),
        ],
      ],
    ]);
    const fingers = await Fingers.of(frame);
    await fingers.swipe([{ x: 100, y: 350 }], [{ x: 100, y: 150 }], { rest: 150 });
    expect(await scrollTop('.outer')).toBe(100);
    expect(await scrollTop('.inner')).toBeGreaterThan(80);
    await fingers.swipe([{ x: 100, y: 50 }], [{ x: 100, y: 350 }], { rest: 150 });
    expect([await scrollTop('.outer'), await scrollTop('.inner')]).toEqual([0, 0]);
  });

  it('takes a picture of what a snapshot shows', async () => {
    const drawer = await open([
      'snapshot',
      { ref: 'shot', style: 'width:20px;height:10px' },
      ['view', { style: 'height:10px;background:rgb(255, 0, 0)' }],
    ]);
    const pixel = await frame.page.evaluate(async (node) => {
      const { invoke } = (window as unknown as { harness: { invoke(...args: unknown[]): Promise<unknown> } }).harness;
      const taken = (await invoke(900, node, 'takePicture', ['rgba'])) as { bytes: ArrayBuffer; width: number };
      return [taken.width, ...new Uint8Array(taken.bytes).slice(0, 4)];
    }, drawer.id('shot'));
    expect(pixel).toEqual([20, 255, 0, 0, 255]);
    await frame.ops(...drawer.append(drawer.id('shot'), ['open-data', { type: 'userNickName' }]));
    await expect(frame.invoke(drawer.id('shot'), 'takePicture', 'png')).rejects.toThrow('may not contain open-data');
  });
});
