/** Tags that the host has a part in, and fields, in Chromium: open-data, web-view, page settings, accessory, faces. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Operation } from '../protocol';
import { Drawer, type Drawn } from '../view/testing/draw';
import { chromiumFound, closeBrowser, type Mounted, type MountOptions, mount } from '../view/testing/harness';

const listens = (...types: string[]) => Object.fromEntries(types.map((type) => [`on:${type}`, true]));

describe.skipIf(!chromiumFound)('tags', { timeout: 60_000 }, () => {
  let frame: Mounted;
  let drawer: Drawer;
  const open = async (nodes: Drawn[], options: MountOptions = {}) => {
    frame = await mount(options);
    drawer = new Drawer();
    await frame.ops(...drawer.append(1, ...nodes));
  };
  const asked = async (op: string) =>
    (await frame.toShell()).flatMap((message) => (message.k === 'host' && message.op === op ? [message.args] : []));
  const size = (selector: string) =>
    frame
      .frame()
      .locator(selector)
      .evaluate((element: HTMLElement) => [element.offsetLeft, element.offsetWidth, element.offsetHeight]);
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  it('shows open-data in a box that neither its content nor a style of the app changes', async () => {
    const names = ['A', 'A name that is very long indeed'];
    const sizes: unknown[] = [];
    for (const [index, name] of names.entries()) {
      await open(
        [
          [
            'view',
            {},
            ['open-data', { ref: 'd', class: 'd', type: 'userNickName' }],
            ['text', { class: 'beside' }, 'x'],
          ],
        ],
        {
          services: { openData: name },
          styles: [{ file: 'a.css', text: '.d span{width:300px;font-size:80px} .d::first-line{font-size:90px}' }],
        },
      );
      await expect.poll(() => asked('openData')).toHaveLength(1);
      await frame.page.waitForTimeout(100);
      sizes.push([await size('.d'), await size('.beside')]);
      const seen = frame.frame().locator('.d');
      expect(await seen.evaluate((element) => [element.shadowRoot, element.textContent])).toEqual([null, '']);
      expect(await frame.invoke(drawer.id('d'), 'boundingClientRect')).toMatchObject({ width: 0, left: 0 });
      if (index === 0) await frame.close();
    }
    expect(sizes[0]).toEqual(sizes[1]);
  });

  it('shows the default text of open-data where the host knows nothing, and says so', async () => {
    await open([['open-data', { type: 'userGender', 'default-text': 'unknown', 'on:error': true }]]);
    expect((await frame.waitFor('error')).detail['errMsg']).toContain('open-data:fail');
  });

  it('hands a web page to the shell, and shows why one may not be opened', async () => {
    await open([['web-view', { ref: 'w', src: 'https://a.test/x', ...listens('load', 'error') }]], {
      services: { 'webview.open': null, 'webview.close': null },
    });
    expect(await asked('webview.open')).toEqual([{ src: 'https://a.test/x', updateTitle: true }]);
    await frame.shell({ k: 'host.event', node: drawer.id('w'), name: 'load', detail: { src: 'https://a.test/x' } });
    expect((await frame.waitFor('load')).detail).toEqual({ src: 'https://a.test/x' });
    await frame.ops(Operation.removeChild, 1, drawer.id('w'));
    await expect.poll(() => asked('webview.close')).toHaveLength(1);
    await frame.close();
    await open([['web-view', { src: 'https://b.test/', 'on:error': true }]]);
    expect((await frame.waitFor('error')).detail).toMatchObject({ src: 'https://b.test/', fullUrl: 'https://b.test/' });
    expect(await frame.frame().locator('.mz-web-view-face').innerText()).toContain('https://b.test/');
  });

  it('settles the page’s bar and window by tags', async () => {
    await open(
      [
        [
          'page-meta',
          {
            'background-color': '#112233',
            'background-text-style': 'light',
            'on:scroll': true,
            'on:scrolldone': true,
            ref: 'meta',
          },
          [
            'navigation-bar',
            {
              title: 'T',
              loading: true,
              'front-color': '#ffffff',
              'background-color': '#000000',
              'color-animation-duration': 200,
              'color-animation-timing-func': 'easeIn',
            },
          ],
        ],
        ['view', { style: 'height:3000px' }],
      ],
      { services: { 'page.bar': null, 'page.window': null } },
    );
    await expect
      .poll(() => asked('page.bar'))
      .toEqual([
        {
          title: 'T',
          loading: true,
          frontColor: '#ffffff',
          backgroundColor: '#000000',
          duration: 200,
          timing: 'easeIn',
        },
      ]);
    expect(await asked('page.window')).toEqual([{ backgroundColor: '#112233' }, { backgroundTextStyle: 'light' }]);
    await frame.ops(Operation.setAttribute, drawer.id('meta'), 'scroll-duration', 0, 0);
    await frame.ops(Operation.setAttribute, drawer.id('meta'), 'scroll-top', '200px', 0);
    await frame.waitFor('scrolldone');
    expect((await frame.waitFor('scroll')).detail).toEqual({ scrollTop: 200 });
  });

  it('takes no room for what this host does not have, and tells with the original’s codes', async () => {
    await open([
      ['ad', { class: 'ad', 'unit-id': 'x', 'on:error': true }],
      ['ad-custom', { 'on:error': true }],
      ['official-account', { 'on:error': true }],
    ]);
    await expect.poll(async () => (await frame.events('error')).length).toBe(3);
    const details = (await frame.events('error')).map(({ detail }) => detail['errCode'] ?? detail['status']);
    expect(details).toEqual([1004, 1004, 4]);
    expect(await frame.frame().locator('.ad').boundingBox()).toBeNull();
  });

  it('brings a keyboard accessory with the focus of its field, and keeps both while it is used', async () => {
    await open([
      [
        'textarea',
        { class: 'field', 'on:blur': true },
        ['keyboard-accessory', {}, ['view', { class: 'bar', 'on:tap': true, style: 'height:50px' }, 'done']],
      ],
      ['view', { class: 'other', style: 'height:100px' }, 'elsewhere'],
    ]);
    const bar = frame.frame().locator('.bar');
    expect(await bar.isVisible()).toBe(false);
    await frame.frame().locator('.field textarea').click();
    expect(await bar.boundingBox()).toMatchObject({ y: 844 - 50, width: 390 });
    await bar.click();
    await frame.waitFor('tap');
    expect(await frame.events('blur')).toEqual([]);
    await frame.frame().locator('.other').click();
    await frame.waitFor('blur');
    await expect.poll(() => bar.isVisible()).toBe(false);
  });

  it('tells composition and selection of a field, and a name that nobody reviewed', async () => {
    await open([['input', { type: 'nickname', value: 'abc', ...listens('selectionchange', 'nicknamereview') }]]);
    const field = frame.frame().locator('input');
    await field.focus();
    await field.evaluate((input: HTMLInputElement) => input.setSelectionRange(0, 2));
    await expect
      .poll(async () => (await frame.events('selectionchange')).at(-1)?.detail)
      .toEqual({ selectionStart: 0, selectionEnd: 2 });
    await frame.page.keyboard.type('x');
    await field.blur();
    expect((await frame.waitFor('nicknamereview')).detail).toEqual({ pass: true, timeout: true });
  });

  it('tells an immediate change of a picker-view when the wheel is let go, once', async () => {
    const rows: Drawn[] = ['a', 'b', 'c', 'd'].map((name) => ['view', {}, name]);
    const picker = { class: 'p', style: 'height:170px', 'immediate-change': true, value: [0] };
    await open([
      ['picker-view', { ...picker, ...listens('change', 'pickstart', 'pickend') }, ['picker-view-column', {}, ...rows]],
    ]);
    await frame.frame().locator('mz-picker-view-column').focus();
    await frame.page.keyboard.press('ArrowDown');
    await frame.waitFor('pickend');
    expect((await frame.events()).map(({ type }) => type)).toEqual(['pickstart', 'change', 'pickend']);
    expect((await frame.events('change'))[0]?.detail).toEqual({ value: [1] });
  });

  it('breaks a text where the line break is written out', async () => {
    await open([
      ['text', { class: 't', ref: 't' }, 'one\\ntwo'],
      ['view', { class: 'v' }, 'a\\nb'],
    ]);
    expect(await frame.frame().locator('.t').textContent()).toBe('one\ntwo');
    expect(await frame.frame().locator('.v').textContent()).toBe('a\\nb');
  });
});
