/** What a page frame does when the logic side means harm or goes wrong: the frame stays in charge of its page. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Operation } from '../protocol';
import { Drawer } from './testing/draw';
import { chromiumFound, closeBrowser, type Mounted, mount } from './testing/harness';

describe.skipIf(!chromiumFound)('hostile streams', { timeout: 60_000 }, () => {
  let frame: Mounted;
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  const violations = async () => (await frame.toShell()).filter((message) => message.k === 'violation');

  /** One batch of many nodes, made in the test's page: it would take long to get there. */
  const postMany = (code: number, count: number, operand: string) =>
    frame.page.evaluate(
      ([operation, nodes, text]) => {
        const { batch } = (window as unknown as { harness: { batch(seq: number, ops: unknown[]): Promise<void> } })
          .harness;
        const ops: unknown[] = [];
        for (let id = 2; id < nodes; id += 1) ops.push(operation, id, text);
        return batch(1, ops);
      },
      [code, count, operand] as const,
    );

  it('lets other work run while a large batch is applied', async () => {
    frame = await mount();
    await frame.frame().evaluate(() => {
      const state = { ticks: 0 };
      Object.assign(window, { state });
      const turn = new MessageChannel();
      turn.port1.onmessage = () => {
        state.ticks += 1;
        turn.port2.postMessage(null);
      };
      turn.port2.postMessage(null);
    });
    const before = await frame.frame().evaluate(() => (window as unknown as { state: { ticks: number } }).state.ticks);
    // Not attached to the page: it is the application that is measured here, not the layout after it.
    await postMany(Operation.createElement, 90_000, 'view');
    const after = await frame.frame().evaluate(() => (window as unknown as { state: { ticks: number } }).state.ticks);
    expect(after - before).toBeGreaterThan(3);
    expect(await violations()).toEqual([]);
  });

  it('stops at too many nodes', async () => {
    frame = await mount();
    await postMany(Operation.createText, 100_010, '');
    expect(await violations()).toMatchObject([{ rule: 'limit' }]);
  });

  it('stops at a third batch before the first was acknowledged', async () => {
    frame = await mount();
    await frame.page.evaluate(() => {
      const { logicPort } = (window as unknown as { harness: { logicPort: MessagePort } }).harness;
      const ops = Array.from({ length: 60_000 }, (_, index) => [2, index + 2 + 0, 'x']).flat();
      logicPort.postMessage({ k: 'ops', seq: 1, ops });
      for (let seq = 2; seq < 6; seq += 1) logicPort.postMessage({ k: 'ops', seq, ops: [] });
    });
    await expect.poll(violations).toMatchObject([{ rule: 'limit' }]);
  });

  it.each([
    ['a maximum length that is none', 'input', 'maxlength', 1e12],
    ['a slider without a range', 'slider', 'step', 0],
    ['a carousel at no slide', 'swiper', 'current', Number.NaN],
    ['a picker with a range that is none', 'picker', 'range', { length: -1 }],
    ['nodes that are none', 'rich-text', 'nodes', [null, 1, { name: {} }, { children: 'x' }, [[]]]],
    [
      'an animation that is none',
      'view',
      'animation',
      { actions: [null, { animates: [{ type: 'constructor', args: [] }] }] },
    ],
    ['a placeholder style that leaves its element', 'input', 'placeholder-style', '}body{display:none'],
    ['prototype names', 'button', '__proto__', { disabled: true }],
  ])('draws on after %s', async (_what, tag, name, value) => {
    frame = await mount();
    const drawer = new Drawer();
    await frame.ops(
      ...drawer.append(1, [tag, { ref: 'tag', [name]: value }], ['view', { class: 'after' }, 'still here']),
    );
    expect(await frame.frame().locator('.after').isVisible()).toBe(true);
    expect(await violations()).toEqual([]);
  });

  it('refuses invocations that make no sense, and answers the next', async () => {
    frame = await mount();
    await expect(frame.invoke(1, '__proto__')).rejects.toThrow();
    await expect(frame.invoke(77, 'boundingClientRect')).rejects.toThrow('there is no node 77');
    await expect(frame.invoke(1, 'observe', null)).rejects.toThrow();
    expect(await frame.invoke(0, 'measure', 'nothing')).toEqual([]);
  });

  it('keeps rich text on its lists', async () => {
    frame = await mount();
    const html =
      '<a href="https://x.test" onclick="alert(1)" target="_top">a</a><img src="https://x.test/a.png" onerror="alert(1)"><iframe src="https://x.test"></iframe>' +
      '<form action="https://x.test"><input autofocus></form><svg><script>alert(1)</script></svg><p style="background:url(https://x.test/b.png)" id="x" data-x="1">p</p><meta http-equiv="refresh" content="0">';
    await frame.ops(...new Drawer().append(1, ['rich-text', { nodes: html }]));
    const drawn = await frame
      .frame()
      .locator('.mz-rich-text-content')
      .evaluate((content) =>
        [...content.querySelectorAll('*')].map((e) => [e.localName, ...e.getAttributeNames().sort()].join(' ')),
      );
    expect(drawn).toEqual(['a', 'img draggable', 'p style']);
    const asked = (await frame.toShell()).flatMap((message) => (message.k === 'resolve' ? [message.src] : []));
    expect(asked.sort()).toEqual(['https://x.test/a.png', 'https://x.test/b.png']);
  });
});
