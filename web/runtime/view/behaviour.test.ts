/** What a page frame does with operations, touches and typing, in Chromium. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Operation } from '../protocol';
import { Drawer, type Drawn } from './testing/draw';
import { chromiumFound, closeBrowser, type Mounted, type MountOptions, mount } from './testing/harness';

describe.skipIf(!chromiumFound)('page frame', { timeout: 30_000 }, () => {
  let frame: Mounted;
  const open = async (options?: MountOptions) => {
    frame = await mount(options);
    return new Drawer();
  };
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  const centre = async (selector: string) => {
    const box = await frame.frame().locator(selector).boundingBox();
    if (box === null) throw new Error(`${selector} is not shown`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const drag = async (selector: string, x: number, y: number) => {
    const middle = await centre(selector);
    const from = { x: middle.x - x / 2, y: middle.y - y / 2 };
    await frame.page.mouse.move(from.x, from.y);
    await frame.page.mouse.down();
    for (let step = 1; step <= 8; step += 1)
      await frame.page.mouse.move(from.x + (x * step) / 8, from.y + (y * step) / 8);
    await frame.page.mouse.up();
  };

  describe('operations', () => {
    it('builds, splices and removes', async () => {
      await open();
      const { createElement, createText, createFragment, appendChild, spliceBefore, spliceRemove, setText } = Operation;
      await frame.ops(createElement, 2, 'view', appendChild, 1, 2);
      for (const [id, text] of [
        [3, 'a'],
        [4, 'b'],
        [5, 'c'],
      ] as const)
        await frame.ops(createText, id, text, appendChild, 2, id);
      await frame.ops(
        createFragment,
        6,
        createText,
        7,
        'x',
        createText,
        8,
        'y',
        appendChild,
        6,
        7,
        appendChild,
        6,
        8,
        spliceBefore,
        2,
        4,
        1,
        6,
      );
      expect(await frame.frame().locator('mz-view').textContent()).toBe('axyc');
      await frame.ops(setText, 7, 'X', spliceRemove, 2, 7, 2);
      expect(await frame.frame().locator('mz-view').textContent()).toBe('ac');
      expect(await frame.toShell()).not.toContainEqual(expect.objectContaining({ k: 'violation' }));
    });

    it.each([
      ['an unknown operation', [99]],
      ['an unknown node', [Operation.appendChild, 1, 77]],
      ['missing operands', [Operation.createElement, 2]],
      ['an id twice', [Operation.createElement, 2, 'view', Operation.createElement, 2, 'view']],
      [
        'a node inside itself',
        [
          Operation.createElement,
          2,
          'view',
          Operation.createElement,
          3,
          'view',
          Operation.appendChild,
          2,
          3,
          Operation.appendChild,
          3,
          2,
        ],
      ],
      ['a text that is too long', [Operation.createText, 2, 'x'.repeat(1_000_001)]],
      ['a removal from a stranger', [Operation.createElement, 2, 'view', Operation.removeChild, 1, 2]],
    ])('stops at %s', async (_what, ops) => {
      await open();
      await frame.ops(...ops);
      expect(await frame.toShell()).toContainEqual(expect.objectContaining({ k: 'violation' }));
    });

    it('stops at a tree that is too deep', async () => {
      await open();
      const ops: unknown[] = [];
      for (let id = 2; id < 600; id += 1)
        ops.push(Operation.createElement, id, 'view', Operation.appendChild, id - 1, id);
      await frame.ops(...ops);
      expect(await frame.toShell()).toContainEqual(expect.objectContaining({ k: 'violation', rule: 'limit' }));
    });

    it('makes no element and sets no attribute that the browser acts on', async () => {
      const drawer = await open();
      const { setAttribute } = Operation;
      const tags = ['script', 'iframe', 'IMG', 'a href', 'object', 'style', 'mz-view><script>'];
      await frame.ops(
        ...drawer.append(1, ...tags.map((tag) => [tag, { ref: tag }] as [string, Record<string, unknown>])),
      );
      for (const name of ['onclick', 'src', 'href', 'srcdoc', 'style', 'contenteditable', 'autofocus', 'tabindex']) {
        await frame.ops(setAttribute, drawer.id('IMG'), name, 'x', 0);
      }
      const made = await frame
        .frame()
        .evaluate(() =>
          [...document.querySelectorAll('mz-page *')].map(
            (element) => [element.localName, element.getAttributeNames()] as const,
          ),
        );
      for (const [name, attributes] of made) {
        expect(name).toMatch(/^mz-[a-z0-9-]+$/);
        expect(attributes).toEqual([]);
      }
    });
  });

  describe('styles', () => {
    it('converts rpx, keeps to one element, resolves addresses', async () => {
      const files = { '/images/a.png': { type: 'image/png', text: 'x' } };
      const drawer = await open({ files });
      await frame.ops(
        ...drawer.append(
          1,
          ['view', { class: 'a', style: 'width:375rpx;background-image:url(../../images/a.png)' }],
          ['view', { class: 'b', style: 'color:red}mz-page{color:blue' }],
        ),
      );
      await expect
        .poll(() =>
          frame
            .frame()
            .locator('.a')
            .evaluate((element) => getComputedStyle(element).backgroundImage),
        )
        .toContain('blob:');
      expect(
        await frame
          .frame()
          .locator('.a')
          .evaluate((element) => element.clientWidth),
      ).toBe(195);
      expect(
        await frame
          .frame()
          .locator('mz-page')
          .evaluate((element) => getComputedStyle(element).color),
      ).toBe('rgb(0, 0, 0)');
    });

    it('resolves addresses of style sheets, follows the theme, spreads the page background', async () => {
      const text =
        'mz-page{background-color:#fff7e0} .a{height:10px;background:url("/a.png") #123456} @media (prefers-color-scheme: dark){mz-page{background-color:#101010}} .b{padding-bottom:env(safe-area-inset-bottom)}';
      const drawer = await open({
        styles: [{ file: 'style/app.css', text }],
        files: { '/a.png': { type: 'image/png', text: 'x' } },
      });
      await frame.ops(...drawer.append(1, ['view', { class: 'a' }], ['view', { class: 'b' }]));
      await expect
        .poll(() =>
          frame
            .frame()
            .locator('.a')
            .evaluate((element) => getComputedStyle(element).backgroundImage),
        )
        .toContain('blob:');
      expect(
        await frame
          .frame()
          .locator('.b')
          .evaluate((element) => element.clientHeight),
      ).toBe(34);
      const background = () => frame.frame().evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      expect(await background()).toBe('rgb(255, 247, 224)');
      await frame.shell({ k: 'theme', theme: 'dark' });
      await expect.poll(background).toBe('rgb(16, 16, 16)');
    });

    it('drops what is neither a file nor an address, and says so once', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(
          1,
          ['image', { src: 'javascript:alert(1)', 'on:error': true }],
          ['image', { src: 'javascript:alert(1)' }],
        ),
      );
      await frame.waitFor('error');
      const said = (await frame.toShell()).filter((message) => message.k === 'console');
      expect(said).toHaveLength(1);
      expect((await frame.toShell()).some((message) => message.k === 'resolve')).toBe(false);
    });
  });

  describe('touches', () => {
    it('reports a tap with a token that the shell knows too', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'view',
          { ref: 'outer', 'on:tap': true, style: 'padding:20px' },
          ['text', { ref: 'inner', class: 'inner' }, 'tap me'],
        ]),
      );
      await frame.frame().locator('.inner').click();
      const tap = await frame.waitFor('tap');
      expect(tap).toMatchObject({ node: drawer.id('inner'), gesture: expect.stringMatching(/^[0-9a-f]{32}$/) });
      expect(tap.detail['x']).toBeGreaterThan(0);
      expect(tap.changedTouches).toHaveLength(1);
      expect(await frame.toShell()).toContainEqual({ k: 'gesture', token: tap.gesture, node: tap.node, type: 'tap' });
      expect(await frame.events('touchstart')).toEqual([]);
    });

    it('gives an untrusted tap no token', async () => {
      const drawer = await open();
      await frame.ops(...drawer.append(1, ['view', { class: 'a', 'on:tap': true }, 'tap me']));
      await frame
        .frame()
        .locator('.a')
        .evaluate((element) => (element as HTMLElement).click());
      const tap = await frame.waitFor('tap');
      expect(tap.gesture).toBeUndefined();
      expect((await frame.toShell()).some((message) => message.k === 'gesture')).toBe(false);
    });

    it('turns a long hold into longpress and no tap, a move into neither', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'view',
          { class: 'a', 'on:tap': true, 'on:longpress': true, 'on:touchmove': true, style: 'height:200px' },
        ]),
      );
      const { x, y } = await centre('.a');
      await frame.page.mouse.move(x, y);
      await frame.page.mouse.down();
      await frame.waitFor('longpress');
      await frame.page.mouse.up();
      await drag('.a', 0, 60);
      await frame.waitFor('touchmove');
      expect(await frame.events('tap')).toEqual([]);
    });

    it('works by real touch', async () => {
      const drawer = await open({ touch: true });
      await frame.ops(
        ...drawer.append(1, [
          'view',
          { class: 'a', 'on:tap': true, 'on:touchstart': true, 'on:touchend': true, style: 'height:100px' },
        ]),
      );
      const { x, y } = await centre('.a');
      await frame.page.touchscreen.tap(x, y);
      await frame.waitFor('tap');
      expect((await frame.events()).map(({ type }) => type)).toEqual(['touchstart', 'touchend', 'tap']);
    });

    it('stops the page under a catching touchmove, but not a scroll-view inside', async () => {
      const drawer = await open({ touch: true });
      const mask = { class: 'mask', 'catch:touchmove': true, style: 'position:fixed;inset:0' };
      const scroll = { class: 's', 'scroll-y': true, style: 'margin-top:400px;height:200px' };
      await frame.ops(
        ...drawer.append(
          1,
          ['view', { style: 'height:3000px' }],
          ['view', mask, ['scroll-view', scroll, ['view', { style: 'height:2000px' }]]],
        ),
      );
      const devtools = await frame.page.context().newCDPSession(frame.page);
      const swipe = async (from: number) => {
        const touch = (type: 'touchStart' | 'touchMove', y: number) =>
          devtools.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: 100, y }] });
        await touch('touchStart', from);
        for (let y = from; y > from - 150; y -= 15) await touch('touchMove', y);
        await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
        await frame.page.waitForTimeout(200);
      };
      await swipe(300);
      expect(await frame.frame().evaluate(() => scrollY)).toBe(0);
      await swipe(550);
      expect(
        await frame
          .frame()
          .locator('.wx-scroll-view')
          .evaluate((scroller) => scroller.scrollTop),
      ).toBeGreaterThan(20);
      await frame.ops(Operation.removeChild, 1, 3);
      await swipe(300);
      expect(await frame.frame().evaluate(() => scrollY)).toBeGreaterThan(20);
    });

    it('taps while something else scrolls', async () => {
      const drawer = await open({ touch: true });
      await frame.ops(
        ...drawer.append(
          1,
          ['view', { class: 'a', 'on:tap': true, style: 'height:100px' }],
          ['view', { style: 'height:5000px' }],
        ),
      );
      const devtools = await frame.page.context().newCDPSession(frame.page);
      await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 50, y: 50 }] });
      await frame.invoke(0, 'pageScrollTo', { scrollTop: 30, duration: 0 });
      await frame.page.waitForTimeout(100);
      await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await frame.waitFor('tap');
    });

    it('puts the hover class on while pressed', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'view',
          { class: 'a', 'hover-class': 'pressed', 'hover-stay-time': 50, style: 'height:50px' },
        ]),
      );
      const { x, y } = await centre('.a');
      await frame.page.mouse.move(x, y);
      await frame.page.mouse.down();
      await expect.poll(() => frame.frame().locator('.a.pressed').count()).toBe(1);
      await frame.page.mouse.up();
      await expect.poll(() => frame.frame().locator('.a.pressed').count()).toBe(0);
    });

    it('taps by keyboard, and not at all on a disabled button', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(
          1,
          ['button', { class: 'a', 'on:tap': true }, 'go'],
          ['button', { class: 'b', disabled: true, 'on:tap': true }, 'no'],
        ),
      );
      await frame.frame().locator('.a').focus();
      await frame.page.keyboard.press('Enter');
      await frame.waitFor('tap');
      await frame.frame().locator('.b').click({ force: true });
      expect(await frame.events('tap')).toHaveLength(1);
    });
  });

  describe('fields', () => {
    it('reports typing, drops a stale write, takes a fresh one', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'input',
          { ref: 'field', 'on:input': true, 'on:confirm': true, 'on:focus': true, 'on:blur': true },
        ]),
      );
      const field = drawer.id('field');
      await frame.frame().locator('input').click();
      await frame.page.keyboard.type('ab');
      await expect.poll(async () => (await frame.events('input')).length).toBe(2);
      const [first, second] = await frame.events('input');
      expect(second?.detail).toMatchObject({ value: 'ab', cursor: 2 });
      await frame.ops(Operation.setAttribute, field, 'value', 'A', first?.seq);
      expect(await frame.frame().locator('input').inputValue()).toBe('ab');
      await frame.ops(Operation.setAttribute, field, 'value', 'AB', second?.seq);
      expect(await frame.frame().locator('input').inputValue()).toBe('AB');
      await frame.page.keyboard.press('Enter');
      expect((await frame.waitFor('confirm')).detail).toEqual({ value: 'AB' });
      await frame.waitFor('blur');
    });

    it('writes nothing while an input method composes, and reports what was composed', async () => {
      const drawer = await open();
      await frame.ops(...drawer.append(1, ['input', { ref: 'field', 'on:input': true }]));
      await frame.frame().locator('input').click();
      const devtools = await frame.page.context().newCDPSession(frame.page);
      await devtools.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
      await expect.poll(() => frame.frame().locator('input').inputValue()).toBe('ni');
      await frame.ops(Operation.setAttribute, drawer.id('field'), 'value', 'overwritten', 0);
      expect(await frame.frame().locator('input').inputValue()).toBe('ni');
      expect(await frame.events('input')).toEqual([]);
      await devtools.send('Input.insertText', { text: '你' });
      const events = async () => (await frame.events('input')).map(({ detail }) => detail['value']);
      await expect.poll(events).toEqual(['你']);
      expect(await frame.frame().locator('input').inputValue()).toBe('你');
    });

    it('is known to assistive technology by the label of its maker, else by its placeholder', async () => {
      const drawer = await open();
      const labelled = { 'aria-label': 'Card number', placeholder: '0000' };
      await frame.ops(...drawer.append(1, ['input', labelled], ['textarea', { placeholder: 'Notes' }]));
      expect(await frame.frame().getByRole('textbox', { name: 'Card number', exact: true }).count()).toBe(1);
      expect(await frame.frame().getByRole('textbox', { name: 'Notes', exact: true }).count()).toBe(1);
    });

    it('is focused by its label, by touch too', async () => {
      const drawer = await open({ touch: true });
      const words: Drawn = ['view', { class: 'words' }, 'Name'];
      await frame.ops(...drawer.append(1, ['label', {}, words, ['input', { 'on:blur': true }]]));
      const { x, y } = await centre('.words');
      await frame.page.touchscreen.tap(x, y);
      await frame.page.waitForTimeout(300);
      expect(await frame.frame().evaluate(() => document.activeElement?.localName)).toBe('input');
      expect(await frame.events('blur')).toEqual([]);
    });

    it('keeps typing within its length and kind', async () => {
      const drawer = await open();
      await frame.ops(...drawer.append(1, ['input', { type: 'number', maxlength: 3, 'on:input': true }]));
      await frame.frame().locator('input').click();
      await frame.page.keyboard.type('1a2b34');
      expect(await frame.frame().locator('input').inputValue()).toBe('123');
    });

    it('tells a two-way binding first', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, ['input', { ref: 'field', 'on:input': true }]),
        Operation.setModelBinding,
        2,
        'value',
        1,
      );
      await frame.frame().locator('input').click();
      await frame.page.keyboard.type('x');
      await frame.waitFor('input');
      expect((await frame.events()).map(({ type }) => type)).toEqual(['model:value', 'input']);
    });

    it('collects a form and resets it', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'form',
          { 'on:submit': true, 'on:reset': true },
          ['input', { name: 'name', value: 'Ada' }],
          ['label', { class: 'label' }, ['switch', { name: 'loud' }], 'loud'],
          [
            'checkbox-group',
            { name: 'likes', 'on:change': true },
            ['label', { class: 'tea' }, ['checkbox', { value: 'tea' }], 'tea'],
            ['checkbox', { value: 'rum', checked: true }],
          ],
          [
            'radio-group',
            { name: 'size' },
            ['radio', { class: 's', value: 's', checked: true }],
            ['radio', { class: 'm', value: 'm' }],
          ],
          ['slider', { name: 'share', value: 40 }],
          ['button', { class: 'send', 'form-type': 'submit' }, 'send'],
          ['button', { class: 'undo', 'form-type': 'reset' }, 'undo'],
        ]),
      );
      await frame.frame().locator('.label').click();
      await frame.frame().locator('.tea').click();
      await frame.frame().locator('.m').click();
      await frame.frame().locator('.send').click();
      const submit = await frame.waitFor('submit');
      expect(submit.detail['value']).toEqual({ name: 'Ada', loud: true, likes: ['tea', 'rum'], size: 'm', share: 40 });
      expect(submit.gesture).toMatch(/^[0-9a-f]{32}$/);
      await frame.frame().locator('.undo').click();
      await frame.waitFor('reset');
      await frame.clear();
      await frame.frame().locator('.send').click();
      expect((await frame.waitFor('submit')).detail['value']).toEqual({
        name: 'Ada',
        loud: false,
        likes: ['rum'],
        size: 's',
        share: 40,
      });
    });
  });

  describe('scrolling and sliding', () => {
    it('scrolls a scroll-view and reports its ends', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'scroll-view',
          {
            ref: 'scroll',
            class: 's',
            'scroll-y': true,
            style: 'height:100px',
            'on:scroll': true,
            'on:scrolltolower': true,
            'on:scrolltoupper': true,
          },
          ['view', { style: 'height:600px' }],
          ['view', { id: 'end', style: 'height:10px' }],
        ]),
      );
      await frame.ops(Operation.setAttribute, drawer.id('scroll'), 'scroll-into-view', 'end', 0);
      expect((await frame.waitFor('scrolltolower')).detail).toEqual({ direction: 'bottom' });
      expect((await frame.waitFor('scroll')).detail).toMatchObject({ scrollHeight: 610 });
      await frame.ops(Operation.setAttribute, drawer.id('scroll'), 'scroll-top', 0, 0);
      await frame.waitFor('scrolltoupper');
      expect(await frame.invoke(drawer.id('scroll'), 'scrollOffset')).toMatchObject({
        scrollTop: 0,
        scrollHeight: 610,
      });
    });

    it('drags a swiper, endlessly and without moving its slides in the DOM', async () => {
      const drawer = await open();
      const slides = ['a', 'b', 'c'].map(
        (name) => ['swiper-item', { class: name }, name] as [string, Record<string, unknown>, string],
      );
      await frame.ops(
        ...drawer.append(1, [
          'swiper',
          { ref: 'swiper', class: 's', circular: true, duration: 100, 'on:change': true, 'on:animationfinish': true },
          ...slides,
        ]),
      );
      await drag('.s', 260, 0);
      expect((await frame.waitFor('change')).detail).toMatchObject({ current: 2, source: 'touch' });
      await frame.waitFor('animationfinish');
      await frame.clear();
      await drag('.s', -260, 0);
      expect((await frame.waitFor('change')).detail).toMatchObject({ current: 0, source: 'touch' });
      expect(await frame.frame().locator('mz-swiper-item').allTextContents()).toEqual(['a', 'b', 'c']);
      await frame.waitFor('animationfinish');
      await frame.ops(Operation.setAttribute, drawer.id('swiper'), 'current', 1, 1e9);
      await expect.poll(async () => (await frame.events('change')).at(-1)?.detail['current']).toBe(1);
    });

    it('reports page scrolling, its bottom, and pulls down', async () => {
      const drawer = await open({ window: { enablePullDownRefresh: true, onReachBottomDistance: 100 } });
      await frame.ops(...drawer.append(1, ['view', { class: 'tall', style: 'height:3000px' }]));
      await frame.invoke(0, 'pageScrollTo', { scrollTop: 5000, duration: 50 });
      const pageMessages = async () =>
        (await frame.toLogic()).flatMap((message) => (message.k === 'page' ? [message] : []));
      await expect.poll(async () => (await pageMessages()).map(({ type }) => type)).toContain('reachBottom');
      await expect
        .poll(async () => (await pageMessages()).filter(({ type }) => type === 'scroll').at(-1)?.detail)
        .toEqual({ scrollTop: 3000 - 844 });
      await frame.invoke(0, 'pageScrollTo', { scrollTop: 0, duration: 0 });
      await frame.page.mouse.move(100, 100);
      await frame.page.mouse.down();
      for (let y = 100; y <= 300; y += 20) await frame.page.mouse.move(100, y);
      await frame.page.mouse.up();
      await expect.poll(async () => (await pageMessages()).map(({ type }) => type)).toContain('pullDownRefresh');
      await frame.invoke(0, 'stopPullDownRefresh');
      expect(await frame.frame().locator('.mz-pull-down').count()).toBe(0);
    });
  });

  describe('pickers', () => {
    it('chooses a date within its bounds', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'picker',
          { class: 'p', mode: 'date', value: '2024-02-29', start: '2023-03-10', end: '2025-01-20', 'on:change': true },
          ['view', {}, 'choose'],
        ]),
      );
      await frame.frame().locator('.p').click();
      await frame.page.waitForTimeout(350);
      // One row down in the year: 2025 ends on 20 January.
      const year = await centre('.mz-picker-column >> nth=0');
      await frame.page.mouse.click(year.x, year.y + 44);
      await frame.page.waitForTimeout(400);
      await frame.frame().locator('.mz-picker-done').click();
      expect((await frame.waitFor('change')).detail).toEqual({ value: '2025-01-20' });
    });

    it('chooses a region, from data that the shell keeps', async () => {
      const areas = {
        province_list: { 110000: 'North', 440000: 'South' },
        city_list: { 110100: 'North City', 440100: 'South City', 440300: 'Bay' },
        county_list: { 110101: 'Old Town', 440106: 'Hills', 440303: 'Harbour' },
      };
      const files = { 'mezze:regions': { type: 'application/json', text: JSON.stringify(areas) } };
      const drawer = await open({ files });
      const picker = { class: 'p', mode: 'region', value: ['South', 'Bay', 'Harbour'], 'on:change': true };
      await frame.ops(...drawer.append(1, ['picker', picker, 'choose']));
      await frame.frame().locator('.p').click();
      await frame.frame().locator('.mz-picker-done').click();
      expect((await frame.waitFor('change')).detail).toEqual({
        value: ['South', 'Bay', 'Harbour'],
        code: ['440000', '440300', '440303'],
        postcode: '440303',
      });
    });

    it('opens by touch and stays open', async () => {
      const drawer = await open({ touch: true });
      const picker = { class: 'p', range: ['a', 'b', 'c'], 'on:change': true, 'on:cancel': true };
      await frame.ops(
        ...drawer.append(1, ['view', { style: 'height:700px' }], ['picker', picker, ['view', {}, 'choose']]),
      );
      const { x, y } = await centre('.p');
      await frame.page.touchscreen.tap(x, y);
      await frame.page.waitForTimeout(600);
      const row = await centre('.mz-picker-row >> nth=1');
      await frame.page.touchscreen.tap(row.x, row.y);
      await frame.page.waitForTimeout(600);
      const done = await centre('.mz-picker-done');
      await frame.page.touchscreen.tap(done.x, done.y);
      expect((await frame.waitFor('change')).detail).toEqual({ value: '1' });
      expect(await frame.events('cancel')).toEqual([]);
    });

    it('follows the app from column to column, and cancels', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'picker',
          {
            ref: 'picker',
            class: 'p',
            mode: 'multiSelector',
            range: [['a', 'b'], ['a1']],
            value: [0, 0],
            'on:columnchange': true,
            'on:cancel': true,
          },
          'choose',
        ]),
      );
      await frame.frame().locator('.p').click();
      await frame.page.waitForTimeout(350);
      const first = await centre('.mz-picker-column >> nth=0');
      await frame.page.mouse.click(first.x, first.y + 44);
      expect((await frame.waitFor('columnchange')).detail).toEqual({ column: 0, value: 1 });
      await frame.ops(
        Operation.setAttribute,
        drawer.id('picker'),
        'range',
        [
          ['a', 'b'],
          ['b1', 'b2'],
        ],
        99,
      );
      expect(await frame.frame().locator('.mz-picker-row').allTextContents()).toEqual(['a', 'b', 'b1', 'b2']);
      await frame.page.keyboard.press('Escape');
      await frame.waitFor('cancel');
    });
  });

  describe('tags that reach beyond their place', () => {
    it('draws a portal above the page, and taps climb to where it stands', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'view',
          { style: 'transform:scale(1);height:10px;overflow:hidden', 'on:tap': true },
          [
            'root-portal',
            { ref: 'portal' },
            ['view', { ref: 'inside', class: 'inside', style: 'position:fixed;top:100px' }, 'x'],
          ],
        ]),
      );
      expect(await frame.frame().locator('.inside').boundingBox()).toMatchObject({ y: 100 });
      await frame.frame().locator('.inside').click();
      expect(await frame.waitFor('tap')).toMatchObject({ node: drawer.id('inside') });
      await frame.ops(Operation.removeChild, 1, 2);
      expect(await frame.frame().locator('.inside').count()).toBe(0);
    });

    it('styles the page by page-meta, beside its own style', async () => {
      const drawer = await open();
      await frame.ops(...drawer.append(1, ['page-meta', { ref: 'meta', 'page-style': 'overflow:hidden' }]));
      await frame.ops(Operation.setStyle, 1, 'color:rgb(1, 2, 3)');
      const style = () =>
        frame
          .frame()
          .locator('mz-page')
          .evaluate((page) => page.getAttribute('style'));
      expect(await style()).toBe('color: rgb(1, 2, 3); overflow: hidden;');
      await frame.ops(Operation.removeChild, 1, drawer.id('meta'));
      expect(await style()).toBe('color: rgb(1, 2, 3);');
    });

    it('opens a page container and closes it', async () => {
      const drawer = await open();
      const listens = { 'on:afterenter': true, 'on:clickoverlay': true, 'on:afterleave': true };
      await frame.ops(
        ...drawer.append(1, [
          'page-container',
          { ref: 'sheet', show: true, duration: 50, ...listens },
          ['view', { class: 'inside', style: 'height:100px' }],
        ]),
      );
      await frame.waitFor('afterenter');
      expect(await frame.frame().locator('.inside').boundingBox()).toMatchObject({ y: 744 });
      await frame.page.mouse.click(100, 100);
      await frame.waitFor('clickoverlay');
      await frame.ops(Operation.setAttribute, drawer.id('sheet'), 'show', false, 0);
      await frame.waitFor('afterleave');
      await expect.poll(() => frame.frame().locator('.inside').isVisible()).toBe(false);
    });
  });

  describe('methods', () => {
    it('measures in one go', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(
          1,
          ['view', { id: 'a', ref: 'a', style: 'width:100px;height:50px' }],
          ['input', { ref: 'b', value: 'v' }],
        ),
      );
      const answer = await frame.invoke(0, 'measure', [
        { node: drawer.id('a'), fields: { id: true, rect: true, size: true, computedStyle: ['display'] } },
        { node: drawer.id('b'), fields: { properties: ['value'] } },
        { node: 999, fields: {} },
        { node: 0, fields: { size: true } },
      ]);
      expect(answer).toEqual([
        { id: 'a', left: 0, top: 0, right: 100, bottom: 50, width: 100, height: 50, display: 'block' },
        { value: 'v' },
        null,
        { width: 390, height: 844 },
      ]);
    });

    it('observes what comes into view', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(
          1,
          ['view', { style: 'height:2000px' }],
          ['view', { id: 'seen', ref: 'seen', style: 'height:50px' }],
        ),
      );
      await frame.invoke(drawer.id('seen'), 'observe', {
        observer: 7,
        relativeTo: [{ node: 0 }],
        thresholds: [0],
        initialRatio: 0,
      });
      expect(await frame.events('mezze.intersection')).toEqual([]);
      await frame.invoke(0, 'pageScrollTo', { scrollTop: 2000, duration: 0 });
      const report = await frame.waitFor('mezze.intersection');
      expect(report.detail).toMatchObject({ observer: 7, id: 'seen' });
      expect(report.detail['intersectionRatio']).toBeGreaterThan(0);
    });

    it('refuses a method that is not there, by name', async () => {
      const drawer = await open();
      await frame.ops(...drawer.append(1, ['view', { ref: 'a' }]));
      await expect(frame.invoke(drawer.id('a'), 'constructor')).rejects.toThrow('view has no method constructor');
    });
  });
});
