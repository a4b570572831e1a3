/** What a page frame draws: operations and styles, in Chromium. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Operation } from '../../protocol';
import { Drawer } from '../testing/draw';
import { chromiumFound, closeBrowser, type Mounted, type MountOptions, mount } from '../testing/harness';

describe.skipIf(!chromiumFound)('page frame', { timeout: 30_000 }, () => {
  let frame: Mounted;
  const open = async (options?: MountOptions) => {
    frame = await mount(options);
    return new Drawer();
  };
  afterEach(() => frame.close());
  afterAll(closeBrowser);

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
});
