/**
 * Drawing operations that the app made itself: it took the runtime's port to its page frame. Nothing but the lists of
 * elements, attributes and styles may be drawn, and a stream that breaks a rule ends the app with an explanation.
 */
import type { Frame } from '@playwright/test';
import { ended, expect, harm, launch, open, strike, struck, test } from './arena';
import { frameWith } from '../support/shell';

test('the app does get at the ports, so that the attacks below are real', async ({ page, address, counter }) => {
  const frame = await strike(page, address, counter, '');
  await expect(frame.getByText('ready: page true, shell true')).toBeVisible();
});

const drawn = ['script', 'iframe', 'handler', 'image source', 'script address', 'style address', 'style escape', 'style element', 'custom name', 'html', 'pollution by attribute'];

test(`operations that try script-bearing elements, attributes, addresses and styles: ${drawn.join(', ')}`, async ({ page, address, counter, problems }) => {
  const frame = await strike(page, address, counter, 'operations', drawn.join(','));
  await struck(frame);
  // Each of them was drawn as something harmless: none was lost before it could do harm.
  await expect.poll(() => frame.evaluate(() => document.querySelectorAll('mz-script,mz-iframe,mz-style,mz-rich-text,mz-navigator').length)).toBe(5);
  await page.waitForTimeout(1000);
  expect(await harm(page, counter)).toEqual([]);
  expect(await strange(frame)).toEqual([]);
  expect(problems.errors).toEqual([]);
});

const fatal = ['unknown operation', 'unknown node', 'missing operands', 'wrong types', 'the root into itself', 'a circle', 'too long a text', 'too deep', 'too many nodes'];

for (const which of fatal) {
  test(`a stream with ${which} ends the app with an explanation`, async ({ page, address, counter, problems }) => {
    await launch(page, address, counter, 'operations', which);
    await ended(page);
    expect(await harm(page, counter)).toEqual([]);
    expect(problems.errors).toEqual([]);
  });
}

for (const attack of ['parts without end', 'flood of batches']) {
  test(`${attack} end the app with an explanation`, async ({ page, address, counter, problems }) => {
    await launch(page, address, counter, attack);
    await ended(page, 30_000);
    expect(problems.errors).toEqual([]);
  });
}

test('batches with numbers from before, and methods that the page frame does not offer, change nothing', async ({ page, address, counter, problems }) => {
  for (const attack of ['late batch', 'invoke']) {
    const frame = await strike(page, address, counter, attack);
    await struck(frame);
    await page.waitForTimeout(500);
    await expect(frame.getByText('still here')).toBeVisible();
    expect(await harm(page, counter)).toEqual([]);
  }
  expect(problems.errors).toEqual([]);
});

test('rich text is drawn as words and boxes, never as script or requests', async ({ page, address, counter, problems }) => {
  await open(page, address, 'words', { target: counter.address });
  const frame = await frameWith(page, 'text=words', 30_000);
  await expect.poll(() => frame.evaluate(() => document.querySelectorAll('mz-rich-text').length)).toBe(2);
  await page.waitForTimeout(1000);
  expect(await strange(frame)).toEqual([]);
  expect(await harm(page, counter)).toEqual([]);
  expect(problems.errors).toEqual([]);
});

/** Elements and attributes that could run something, shadow trees included. */
function strange(frame: Frame): Promise<string[]> {
  return frame.evaluate(() => {
    const below = (root: ParentNode): Element[] => [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot === null ? [] : below(element.shadowRoot))]);
    const elements = below(document.body);
    const forbidden = ['script', 'iframe', 'object', 'embed', 'link', 'meta', 'base', 'form', 'svg', 'math', 'template', 'noscript', 'style'];
    const names = elements.map((element) => element.localName).filter((name) => forbidden.includes(name));
    const handlers = elements.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'srcdoc'));
    const links = elements.flatMap((element) => (/^\s*(javascript|data:text)/i.test(element.getAttribute('href') ?? '') ? ['a script address'] : []));
    return [...names, ...handlers, ...links];
  });
}
