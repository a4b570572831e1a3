/** The editor in Chromium, with its real script. */
import { resolve } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { bundle } from '../../../build/runtime-bundles';
import { Drawer } from '../../view/testing/draw';
import { chromiumFound, closeBrowser, type Mounted, mount } from '../../view/testing/harness';

const picture =
  'base64:iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe.skipIf(!chromiumFound)('editor', { timeout: 60_000 }, () => {
  let frame: Mounted;
  let node: number;
  let drawer: Drawer;
  const open = async (attributes: Record<string, unknown> = {}) => {
    const { code } = await bundle(resolve(import.meta.dirname, '../../editor/main.ts'), 'editor', false);
    frame = await mount({
      files: {
        'mezze:editor': { type: 'text/javascript', text: code },
        '/a.png': { type: 'image/png', text: picture },
      },
    });
    drawer = new Drawer();
    const listens = { 'on:ready': true, 'on:input': true, 'on:statuschange': true, 'on:focus': true, 'on:blur': true };
    await frame.ops(
      ...drawer.append(1, ['editor', { ref: 'editor', id: 'e', placeholder: 'write here', ...listens, ...attributes }]),
    );
    node = drawer.id('editor');
    await frame.waitFor('ready');
  };
  const contents = () => frame.invoke(node, 'getContents') as Promise<{ html: string; text: string; delta: unknown }>;
  const type = async (text: string) => {
    await frame.frame().locator('.ql-editor').click();
    await frame.page.keyboard.type(text);
  };
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  it('tells what is typed, and formats what is selected', async () => {
    await open();
    expect(await frame.frame().locator('.ql-editor').getAttribute('data-placeholder')).toBe('write here');
    await type('hello');
    expect((await frame.waitFor('focus')).detail['text']).toBe('\n');
    await expect.poll(async () => (await frame.events('input')).at(-1)?.detail['text']).toBe('hello\n');
    await frame.page.keyboard.press('Control+A');
    await frame.invoke(node, 'format', 'bold');
    await frame.invoke(node, 'format', 'header', 'H2');
    await frame.invoke(node, 'format', 'color', '#ff0000');
    expect(await contents()).toEqual({
      html: '<h2><strong style="color: rgb(255, 0, 0);">hello</strong></h2>',
      text: 'hello\n',
      delta: {
        ops: [
          { insert: 'hello', attributes: { color: '#ff0000', bold: true } },
          { insert: '\n', attributes: { header: 2 } },
        ],
      },
    });
    await expect
      .poll(async () => (await frame.events('statuschange')).at(-1)?.detail)
      .toEqual({ bold: true, header: 2, color: '#ff0000' });
    await frame.invoke(node, 'format', 'bold');
    await frame.invoke(node, 'format', 'header', 2);
    expect((await contents()).html).toBe('<p><span style="color: rgb(255, 0, 0);">hello</span></p>');
  });

  it('makes lists as plain HTML, and undoes', async () => {
    await open();
    await type('one');
    await frame.page.keyboard.press('Enter');
    await frame.page.keyboard.type('two');
    await frame.page.keyboard.press('Control+A');
    await frame.invoke(node, 'format', 'list', 'bullet');
    expect((await contents()).html).toBe('<ul><li>one</li><li>two</li></ul>');
    await frame.invoke(node, 'format', 'list', 'check');
    expect((await contents()).html).toBe('<ul data-checked="false"><li>one</li><li>two</li></ul>');
    expect(await frame.invoke(node, 'getHistoryState')).toMatchObject({ redo: 0 });
    await frame.invoke(node, 'undo');
    await frame.invoke(node, 'undo');
    expect((await contents()).text).toBe('\n');
    await frame.invoke(node, 'redo');
    expect((await contents()).text).not.toBe('\n');
  });

  it('puts in pictures of the app, dividers and text, and keeps what they were given', async () => {
    await open();
    await type('ab');
    await frame.invoke(node, 'deleteText', { index: 0, length: 1 });
    await frame.invoke(node, 'setSelection', { index: 0, length: 1 });
    expect(await frame.invoke(node, 'getSelectionText')).toEqual({ text: 'b' });
    await frame.invoke(node, 'setSelection', { index: 1 });
    await frame.invoke(node, 'insertImage', { src: '/a.png', alt: 'A', width: '80%', data: { id: 'x', role: 'god' } });
    await frame.invoke(node, 'insertDivider');
    await frame.invoke(node, 'insertText', { text: 'end', formats: { italic: true } });
    const { html } = await contents();
    expect(html).toContain('<img');
    expect(html).toContain('src="/a.png"');
    expect(html).toContain('data-custom="id=x&amp;role=god"');
    expect(html).toContain('<hr>');
    expect(html).toContain('<em>end</em>');
    const shown = frame.frame().locator('.ql-editor img');
    await expect.poll(() => shown.getAttribute('src')).toMatch(/^blob:/);
  });

  it('takes HTML and deltas under its list, and nothing else', async () => {
    await open({ 'read-only': true });
    const evil =
      '<p onclick="x()">a<script>alert(1)</script><iframe src="https://x.test"></iframe><b style="background:url(https://x.test/a.png);color:red">b</b>' +
      '<img src="https://x.test/b.png" onerror="x()"><a href="javascript:x()">c</a></p><form><input></form>';
    await frame.invoke(node, 'setContents', { html: evil });
    const drawn = await frame
      .frame()
      .locator('.ql-editor')
      .evaluate((root) =>
        [...root.querySelectorAll('*')].map((e) => [e.localName, ...e.getAttributeNames().sort()].join(' ')),
      );
    expect([...new Set(drawn)].sort()).toEqual(['img alt data-local draggable', 'p', 'strong style']);
    const { html, text } = await contents();
    expect(html).not.toContain('url(');
    expect(text).not.toContain('alert');
    await frame.invoke(node, 'setContents', { delta: { ops: [{ insert: 'delta\n' }] } });
    expect((await contents()).text).toBe('delta\n');
    await type('more');
    expect((await contents()).text).toBe('delta\n');
    await expect(frame.invoke(node, 'setContents', {})).rejects.toThrow('neither delta nor html');
    await frame.invoke(node, 'clear');
    expect((await contents()).html).toBe('<p><br></p>');
  });

  it('holds a place for a block that the app draws, and only its number in the text', async () => {
    await open();
    await type('before');
    const { blockId } = (await frame.invoke(node, 'insertCustomBlock', {})) as { blockId: string };
    await frame.page.keyboard.type('after');
    const portal = (key: string, text: string) => [
      'editor-portal',
      { ref: key, key, 'on:tap': true },
      ['view', { class: 'mine', style: 'height:40px' }, text],
    ];
    await frame.ops(...drawer.append(node, portal(blockId, 'one') as never));
    const place = frame.frame().locator('.ql-editor .ql-custom-block');
    expect(await place.innerText()).toBe('one');
    expect((await contents()).delta).toEqual({
      ops: [{ insert: 'before\n' }, { insert: { customBlock: blockId } }, { insert: 'after\n' }],
    });
    expect((await contents()).html).toContain(`data-block-id="${blockId}"></div>`);
    // The text is the same after the app drew into the block, and after the block was touched.
    await frame.frame().locator('.mine').click();
    await frame.waitFor('tap');
    expect((await contents()).text).toBe('before\nafter\n');

    await frame.invoke(node, 'setContents', {
      delta: { ops: [{ insert: { customBlock: blockId } }, { insert: 'again\n' }] },
    });
    expect(await place.innerText()).toBe('one');
    await frame.invoke(node, 'setContents', {
      html: `<p>x</p><div class="ql-custom-block" data-block-id="${blockId}"></div>`,
    });
    expect(await place.innerText()).toBe('one');
    await frame.invoke(node, 'clear');
    expect(await place.count()).toBe(0);
    expect(await frame.frame().locator('.mine').isVisible()).toBe(false);
  });
});
