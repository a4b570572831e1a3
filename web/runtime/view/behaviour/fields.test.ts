/** Fields, forms and pickers in Chromium: whose value it is, and what is reported. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Operation, ownAttributes } from '../../protocol';
import { Drawer, type Drawn } from '../testing/draw';
import { chromiumFound, closeBrowser, type Mounted, type MountOptions, mount } from '../testing/harness';

describe.skipIf(!chromiumFound)('page frame', { timeout: 30_000 }, () => {
  let frame: Mounted;
  const open = async (options?: MountOptions) => {
    frame = await mount(options);
    return new Drawer();
  };
  afterEach(() => frame.close());
  afterAll(closeBrowser);

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

    it('shows what the handler of input returned, unless more was typed', async () => {
      const drawer = await open();
      const listening = { 'on:input': true };
      await frame.ops(
        ...drawer.append(1, ['input', { ref: 'field', ...listening }], ['textarea', { ref: 'area', ...listening }]),
      );
      const field = frame.frame().locator('input');
      const answer = async (ref: string, value: object, seq: number | undefined) =>
        frame.ops(Operation.setAttribute, drawer.id(ref), ownAttributes.inputAnswer, value, seq);
      await field.click();
      await frame.page.keyboard.type('12');
      await expect.poll(async () => (await frame.events('input')).length).toBe(2);
      const [first, second] = await frame.events('input');
      await answer('field', { value: '1!' }, first?.seq);
      expect(await field.inputValue()).toBe('12');
      await answer('field', { value: '1-2-3', cursor: 1 }, second?.seq);
      expect(await field.inputValue()).toBe('1-2-3');
      await frame.page.keyboard.type('x');
      await expect.poll(() => field.inputValue()).toBe('1x-2-3');
      await frame.frame().locator('textarea').click();
      await frame.page.keyboard.type('a');
      await expect.poll(async () => (await frame.events('input')).length).toBe(4);
      await answer('area', { value: 'A' }, (await frame.events('input'))[3]?.seq);
      expect(await frame.frame().locator('textarea').inputValue()).toBe('A');
    });

    it('keeps an answer out of what an input method composes', async () => {
      const drawer = await open();
      await frame.ops(...drawer.append(1, ['input', { ref: 'field', 'on:input': true }]));
      await frame.frame().locator('input').click();
      await frame.page.keyboard.type('a');
      const { seq } = await frame.waitFor('input');
      const devtools = await frame.page.context().newCDPSession(frame.page);
      await devtools.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
      await expect.poll(() => frame.frame().locator('input').inputValue()).toBe('ani');
      await frame.ops(Operation.setAttribute, drawer.id('field'), ownAttributes.inputAnswer, { value: 'A' }, seq);
      expect(await frame.frame().locator('input').inputValue()).toBe('ani');
      await devtools.send('Input.insertText', { text: '你' });
      await expect.poll(() => frame.frame().locator('input').inputValue()).toBe('a你');
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
      const { x, y } = await frame.centre('.words');
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

  describe('pickers', () => {
    it('keeps the last of several radios that are drawn as chosen', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'radio-group',
          {},
          ['radio', { class: 'a', value: 'a', checked: true }],
          ['radio', { class: 'b', value: 'b', checked: true }],
        ]),
      );
      const chosen = (name: string) => frame.frame().locator(name).getAttribute('aria-checked');
      expect([await chosen('.a'), await chosen('.b')]).toEqual(['false', 'true']);
    });

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
      const year = await frame.centre('.mz-picker-column >> nth=0');
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
      const { x, y } = await frame.centre('.p');
      await frame.page.touchscreen.tap(x, y);
      await frame.page.waitForTimeout(600);
      const row = await frame.centre('.mz-picker-row >> nth=1');
      await frame.page.touchscreen.tap(row.x, row.y);
      await frame.page.waitForTimeout(600);
      const done = await frame.centre('.mz-picker-done');
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
      const first = await frame.centre('.mz-picker-column >> nth=0');
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
});
