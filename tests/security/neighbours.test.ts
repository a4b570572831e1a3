/** Other apps, other users, and the device: what an app leaves behind, hears of, or does while nobody looks. */
import { expect, harm, open, openProbe, reported, strike, struck, test } from './arena';
import { closeApp, dish, frameWith, openHome } from '../support/shell';

interface Kept {
  word: string;
  keys: string[];
  files: string;
  climbed: string;
}

test('what one app keeps no other finds, whatever path it names; nor another user', async ({ page, address, counter, browser }) => {
  const first = await strike(page, address, counter, 'storage', 'write:secret');
  expect(await reported<Kept>(first)).toMatchObject({ word: 'secret', keys: ['word'] });
  const again = await strike(page, address, counter, 'storage', 'read');
  expect(await reported<Kept>(again)).toMatchObject({ word: 'secret', climbed: '' });
  // The probe keeps nothing and must find nothing: databases of both lie under the shell's origin.
  const probe = await openProbe(page, address, counter);
  await probe.getByText('look', { exact: true }).click();
  await expect(probe.locator('#kept')).toHaveText('{"keys":[],"word":""}');

  const context = await browser.newContext();
  const other = await context.newPage();
  const frame = await strike(other, address, counter, 'storage', 'read');
  expect(await reported<Kept>(frame)).toMatchObject({ word: '', keys: [] });
  await context.close();
});

test('what is kept for one user is not shown to the next on the same device', async ({ page, address, counter }) => {
  await strike(page, address, counter, 'storage', 'write:secret').then((frame) => reported<Kept>(frame));
  // Another person signs in on the same device: everything that the shell keeps there is still there.
  await page.route('**/api/v1/me', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), id: 'somebody-else' } });
  });
  const known = page.waitForResponse('**/api/v1/me');
  await page.goto(`${address}/`);
  await known;
  await page.waitForTimeout(500);
  const frame = await strike(page, address, counter, 'storage', 'read');
  expect(await reported<Kept>(frame)).toMatchObject({ word: '', keys: [] });
});

test('a frame that served a page serves no other: nothing of it is remembered', async ({ page, address, counter }) => {
  const first = await openProbe(page, address, counter);
  await first.evaluate(() => {
    Object.assign(globalThis, { remembered: true });
    document.documentElement.setAttribute('data-remembered', '');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, new CSSStyleSheet()];
  });
  await closeApp(page);
  await dish(page, 'Olive & Fig').click();
  await frameWith(page, 'text=Cold mezze', 20_000);
  const marked = async () => {
    const marks = await Promise.all(page.frames().slice(1).map((frame) => frame.evaluate(() => 'remembered' in globalThis || document.documentElement.hasAttribute('data-remembered')).catch(() => false)));
    return marks.filter(Boolean).length;
  };
  // The app that was left lives on behind, in its own frame alone.
  expect(await marked()).toBe(1);
  await page.goto('about:blank');
  await openProbe(page, address, counter);
  expect(await marked()).toBe(0);
});

test('an app behind shows nothing, takes nothing, and stays behind', async ({ page, address, counter, problems }) => {
  const happened: string[] = [];
  page.on('filechooser', () => happened.push('a file chooser opened'));
  page.on('request', (request) => {
    if (/^(tel|sms):/.test(request.url())) happened.push(request.url());
  });
  await page.addInitScript(() => {
    const done: string[] = [];
    Object.assign(globalThis, { done });
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text: string) => void done.push(`clipboard: ${text}`), readText: async () => 'x' } });
    Object.defineProperty(navigator, 'vibrate', { value: () => done.push('vibrated') });
  });
  await struck(await strike(page, address, counter, 'calls in the background'));
  await closeApp(page);
  await dish(page, 'Olive & Fig').click();
  await frameWith(page, 'text=Cold mezze', 20_000);
  // The user's own taps are what a browser would let a file chooser open for.
  for (let times = 0; times < 3; times += 1) {
    await page.mouse.click(200, 420);
    await page.waitForTimeout(700);
  }
  expect(await page.evaluate(() => (globalThis as unknown as { done: string[] }).done)).toEqual([]);
  expect(happened).toEqual([]);
  await expect(page.getByRole('dialog').filter({ visible: true })).toHaveCount(0);
  await expect(page.getByText('Your bank').filter({ visible: true })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Hostile' }).filter({ visible: true })).toHaveCount(0);
  expect(await harm(page, counter)).toEqual([]);
  expect(problems.errors).toEqual([]);
});

test('who opened whom is the shell’s word, and the user is told where it goes', async ({ page, address, counter }) => {
  const frame = await strike(page, address, counter, 'other app', 'org.example.probe');
  await frame.getByText('still here').click();
  const question = page.getByRole('dialog').filter({ hasText: 'Probe', visible: true });
  await expect(question).toBeVisible();
  await page.waitForTimeout(700);
  await question.getByRole('button', { name: /open/i }).click();
  const opened = await frameWith(page, '#entered:not(:empty)', 20_000);
  const entered = JSON.parse((await opened.locator('#entered').textContent()) ?? '{}') as { referrerInfo: { appId: string }; scene: number };
  expect(entered.referrerInfo.appId).toBe('org.example.hostile');
  expect(entered.scene).toBe(1037);
});

test('an app is launched under its own name alone', async ({ page, address }) => {
  await openHome(page, address);
  for (const link of ['/miniapp/org.example.hostile/pages/index/index?appId=app.mezze.menu&name=Olive', '/miniapp/ORG.EXAMPLE.HOSTILE/pages/index/index', '/miniapp/org.example.hostile;version=1.0.0/pages/index/index']) {
    await page.goto(`${address}${link}`);
    await expect(page.getByRole('heading', { name: /Hostile|can’t|not|no /i }).filter({ visible: true }).first()).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('heading', { name: 'Olive' }).filter({ visible: true })).toHaveCount(0);
  }
});

test('open-data is measured by nobody: its box and what stands beside it are the same for every name', async ({ page, address, counter }) => {
  const measured: unknown[] = [];
  const told: string[] = [];
  for (const name of ['Li', 'Maximiliane von Hohenlohe-Langenburg']) {
    await page.unroute('**/api/v1/me');
    await page.route('**/api/v1/me', async (route) => {
      const answer = await route.fetch();
      told.push(name);
      await route.fulfill({ response: answer, json: { ...(await answer.json()), name } });
    });
    await open(page, address, 'named');
    const frame = await frameWith(page, '#report:not(:empty)', 20_000);
    measured.push(JSON.parse((await frame.locator('#report').textContent()) ?? 'null'));
  }
  expect(new Set(told).size).toBe(2);
  expect(JSON.stringify(measured[0])).toContain('width');
  expect(JSON.stringify(measured)).not.toContain('Hohenlohe');
  expect(measured[1]).toEqual(measured[0]);
  expect(counter.hits).toEqual([]);
});
