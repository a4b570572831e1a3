/** Messages to the shell that no runtime would send: the app took the runtime's port. */
import { frameWith } from '../support/shell';
import { expect, harm, strike, struck, test } from './hostile';

test('a tap that only the worker claims opens nothing', async ({ page, address, counter, problems }) => {
  const choosers: string[] = [];
  page.on('filechooser', () => choosers.push('a file chooser opened'));
  const frame = await strike(page, address, counter, 'claimed tap');
  await struck(frame);
  await page.waitForTimeout(1500);
  await expect(page.getByRole('dialog').filter({ visible: true })).toHaveCount(0);
  await expect(frame.getByText('still here')).toBeVisible();
  expect([...choosers, ...(await harm(page, counter))]).toEqual([]);
  expect(problems.errors).toEqual([]);
});

for (const attack of ['another page', 'internal calls', 'broken messages', 'message flood']) {
  test(`the shell stands: ${attack}`, async ({ page, address, counter, problems }) => {
    const frame = await strike(page, address, counter, attack);
    // What no runtime would ever say ends the app with an explanation; the rest is answered or passed over. A page that
    // is not there may be either.
    if (attack === 'broken messages') await expect(page.getByRole('heading', { name: 'Hostile was stopped' })).toBeVisible();
    else if (attack === 'another page') await page.waitForTimeout(1000);
    else await struck(frame);
    await page.waitForTimeout(1000);
    expect(await harm(page, counter)).toEqual([]);
    expect(problems.errors).toEqual([]);
    // The shell still answers the user.
    await page.getByRole('button', { name: /^Close/ }).filter({ visible: true }).first().click();
    await expect(page.getByRole('searchbox').first()).toBeVisible();
  });
}

test('a page that is covered has no say over the bar', async ({ page, address, counter }) => {
  await strike(page, address, counter, 'calls from behind');
  await expect(page.getByRole('heading', { name: 'Other' })).toBeVisible();
  await page.waitForTimeout(2000);
  await expect(page.getByRole('heading', { name: 'Other' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Taken over' }).filter({ visible: true })).toHaveCount(0);
});

test('a busy app is stopped by the user, and the shell never waits for it', async ({ page, address, counter }) => {
  test.setTimeout(90_000);
  await strike(page, address, counter, 'busy loop');
  await page.waitForTimeout(1000);
  const before = Date.now();
  expect(await page.evaluate(() => 6 * 7)).toBe(42);
  expect(Date.now() - before).toBeLessThan(3000);
  const stop = page.getByRole('button', { name: /stop|close it|end/i }).filter({ visible: true }).first();
  await expect(stop).toBeVisible({ timeout: 20_000 });
  await stop.click();
  await expect(page.getByText('still here').filter({ visible: true })).toHaveCount(0);
});

test('the worker that an app may start reaches no more than the app', async ({ page, address, counter }) => {
  const frame = await strike(page, address, counter, 'second worker');
  const report = frame.locator('text=/^\\{"fetch"/').first();
  await expect(report).toBeVisible({ timeout: 15_000 });
  const results = JSON.parse((await report.textContent()) ?? '{}') as Record<string, string>;
  expect(Object.entries(results).filter(([, result]) => result.startsWith('done'))).toEqual([]);
  expect(await harm(page, counter)).toEqual([]);
});

test('pictures come from declared servers only', async ({ page, address, counter }) => {
  const frame = await strike(page, address, counter, 'address of a picture');
  const report = frame.locator('text=/^\\[/').first();
  await expect(report).toBeVisible({ timeout: 15_000 });
  for (const result of JSON.parse((await report.textContent()) ?? '[]') as string[]) expect(result).toContain(':fail');
  expect(counter.hits).toEqual([]);
});

test('rich text is drawn as words and boxes, never as script or requests', async ({ page, address, counter, problems }) => {
  const query = new URLSearchParams({ target: counter.address });
  await page.goto(`${address}/miniapp/org.example.hostile/pages/words/index?${query}`);
  const frame = await frameWith(page, 'text=words');
  await page.waitForTimeout(1000);
  const strange = await frame.evaluate(() => {
    const elements = Array.from(document.body.querySelectorAll('*')).flatMap((element) => [element, ...Array.from(element.shadowRoot?.querySelectorAll('*') ?? [])]);
    const forbidden = ['script', 'iframe', 'object', 'embed', 'link', 'meta', 'base', 'form', 'svg', 'math', 'template', 'noscript', 'style'];
    const names = elements.map((element) => element.localName).filter((name) => forbidden.includes(name));
    const handlers = elements.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'srcdoc'));
    const links = elements.flatMap((element) => (element.getAttribute('href') ?? '').startsWith('javascript') ? ['a script address'] : []);
    return [...names, ...handlers, ...links];
  });
  expect(strange).toEqual([]);
  expect(await harm(page, counter)).toEqual([]);
  expect(problems.errors).toEqual([]);
});
