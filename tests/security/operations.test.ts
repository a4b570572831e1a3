/**
 * Drawing operations that the app made itself: it took the runtime's port to its page frame. Nothing but the lists of
 * elements, attributes and styles may be drawn, and a stream that breaks a rule ends the app with an explanation.
 */
import { expect, harm, strike, struck, test } from './hostile';

test('the app does get at the port, so that the attacks below are real', async ({ page, address, counter }) => {
  const frame = await strike(page, address, counter, '');
  await expect(frame.getByText('ready: page true, shell true')).toBeVisible();
});

const drawn = ['script', 'iframe', 'handler', 'image source', 'script address', 'style address', 'style escape', 'style element', 'custom name', 'html', 'pollution by attribute'];

for (const which of drawn) {
  test(`operations that try: ${which}`, async ({ page, address, counter, problems }) => {
    const frame = await strike(page, address, counter, 'operations', which);
    await struck(frame);
    await page.waitForTimeout(1000);
    expect(await harm(page, counter)).toEqual([]);
    const strange = await frame
      .evaluate(() => Array.from(document.body.querySelectorAll('*'), (element) => element.localName).filter((name) => ['script', 'iframe', 'object', 'embed', 'link', 'meta', 'base', 'form'].includes(name)))
      .catch(() => []);
    expect(strange).toEqual([]);
    const handlers = await frame.evaluate(() => Array.from(document.querySelectorAll('*')).flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on')))).catch(() => []);
    expect(handlers).toEqual([]);
    expect(problems.errors).toEqual([]);
  });
}

const fatal = ['unknown operation', 'unknown node', 'missing operands', 'wrong types', 'the root into itself', 'a circle', 'too long a text', 'too deep', 'too many nodes'];

for (const which of fatal) {
  test(`a stream with ${which} ends the app with an explanation`, async ({ page, address, counter, problems }) => {
    await strike(page, address, counter, 'operations', which);
    await expect(page.getByRole('heading', { name: /stopped|ended|not work|broke/i }).filter({ visible: true }).first()).toBeVisible();
    expect(await harm(page, counter)).toEqual([]);
    expect(problems.errors).toEqual([]);
  });
}

test('a batch that grows without end ends the app with an explanation', async ({ page, address, counter, problems }) => {
  await strike(page, address, counter, 'parts without end');
  await expect(page.getByRole('heading', { name: 'Hostile was stopped' })).toBeVisible({ timeout: 20_000 });
  expect(problems.errors).toEqual([]);
});

test('batches with numbers from before change nothing', async ({ page, address, counter, problems }) => {
  const frame = await strike(page, address, counter, 'late batch');
  await struck(frame);
  await expect(frame.getByText('still here')).toBeVisible();
  expect(problems.errors).toEqual([]);
});

test('methods that the page frame does not offer', async ({ page, address, counter, problems }) => {
  const frame = await strike(page, address, counter, 'invoke');
  await struck(frame);
  await page.waitForTimeout(600);
  await expect(frame.getByText('still here')).toBeVisible();
  expect(await harm(page, counter)).toEqual([]);
  expect(problems.errors).toEqual([]);
});
