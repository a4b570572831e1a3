/** What is made to be slow, large or endless: the shell goes on answering, and the app can be left. */
import type { Page } from '@playwright/test';
import { closeApp, dish, frameWith, openHome } from '../support/shell';
import { expect, launch, open, strike, test } from './arena';

/**
 * How long the shell's own thread was held at most, in milliseconds, and how often it drew, while `work` lasts. Chromium
 * gives frames without an origin processes of their own, so that only what the shell itself has to do counts.
 */
async function heldFor(page: Page, work: () => Promise<void>): Promise<{ longest: number; beats: number }> {
  await page.evaluate(() => {
    const measured = { longest: 0, beats: 0, last: performance.now() };
    Object.assign(globalThis, { measured });
    setInterval(() => {
      const now = performance.now();
      measured.longest = Math.max(measured.longest, now - measured.last - 20);
      measured.last = now;
      measured.beats += 1;
    }, 20);
  });
  await work();
  return page.evaluate(() => (globalThis as unknown as { measured: { longest: number; beats: number } }).measured);
}

/** A machine that builds beside the test stalls by itself; a shell that is held by an app is held for much longer. */
const bearable = 1500;

// A trace takes a picture of every frame before each step, and a frame that is held would hold the test.
test.use({ trace: 'off', screenshot: 'off' });

/**
 * Without a graphics card the picture itself may stand still for a while, and Playwright's click waits for frames that
 * are held: then the button is pressed by script, which the shell's thread has to answer all the same.
 */
async function leave(page: Page, byScript = false): Promise<void> {
  const close = page.getByRole('button', { name: /^Close( mini app)?$/ }).filter({ visible: true }).first();
  await (byScript ? close.evaluate((button: HTMLElement) => button.click()) : close.click());
  await expect(page.getByRole('searchbox').first()).toBeVisible();
}

for (const attack of ['layout bomb', 'filter bomb', 'selector bomb', 'markup bomb', 'timer bomb', 'promise bomb']) {
  test(`the shell answers during a ${attack}`, async ({ page, address, counter, problems }, info) => {
    await launch(page, address, counter, attack);
    await expect(page.getByRole('heading', { name: /Hostile|Slow/ }).filter({ visible: true }).first()).toBeVisible({ timeout: 20_000 });
    const held = await heldFor(page, () => page.waitForTimeout(2500));
    info.annotations.push({ type: 'shell held', description: `${Math.round(held.longest)} ms at most, ${held.beats} beats` });
    expect(held.longest).toBeLessThan(bearable);
    expect(held.beats).toBeGreaterThan(10);
    await leave(page, attack === 'filter bomb' || attack === 'markup bomb');
    expect(problems.errors).toEqual([]);
  });
}

for (const attack of ['busy loop', 'loop that answers']) {
  test(`a ${attack} is stopped by the user, and the shell never waits for it`, async ({ page, address, counter }) => {
    test.setTimeout(90_000);
    await strike(page, address, counter, attack);
    const held = await heldFor(page, () => page.waitForTimeout(1500));
    expect(held.longest).toBeLessThan(bearable);
    const stop = page.getByRole('button', { name: /stop|close it|end/i }).filter({ visible: true }).first();
    await expect(stop).toBeVisible({ timeout: 25_000 });
    await stop.click();
    await expect(page.getByText('still here').filter({ visible: true })).toHaveCount(0);
  });
}

test('a worker that takes more memory than there is ends with an explanation, not with the super app', async ({ page, address, counter }) => {
  test.setTimeout(120_000);
  let crashed = false;
  page.on('crash', () => {
    crashed = true;
  });
  await launch(page, address, counter, 'object bomb');
  const explained = page
    .getByRole('heading', { name: /^Hostile (was stopped|stopped working)/ })
    .or(page.getByRole('button', { name: /stop|close it|end/i }))
    .filter({ visible: true })
    .first();
  await expect(explained).toBeVisible({ timeout: 60_000 });
  expect(crashed).toBe(false);
  await leave(page);
});

test('buffers without end fail in the app alone', async ({ page, address, counter, problems }) => {
  await strike(page, address, counter, 'memory bomb');
  const held = await heldFor(page, () => page.waitForTimeout(3000));
  expect(held.longest).toBeLessThan(bearable);
  await leave(page);
  expect(problems.errors).toEqual([]);
});

/** The user is told which app's page hangs, closes it, and opens another one: it is there as ever. */
async function closeHanging(page: Page, name: string, waits = false): Promise<void> {
  const note = page.getByRole('alert').filter({ hasText: `${name} is not responding`, visible: true });
  await expect(note).toBeVisible({ timeout: 20_000 });
  const held = await heldFor(page, () => page.waitForTimeout(500));
  expect(held.longest).toBeLessThan(bearable);
  if (waits) {
    await note.getByRole('button', { name: 'Wait' }).evaluate((button: HTMLElement) => button.click());
    await expect(note).toBeHidden();
    await expect(note).toBeVisible({ timeout: 20_000 });
  }
  await note.getByRole('button', { name: 'Close it' }).evaluate((button: HTMLElement) => button.click());
  await expect(page.getByRole('heading', { name: `${name} was stopped` })).toBeVisible();
  await leave(page, true);
  // What it held begins anew within seconds; what the user opens meanwhile, too.
  await dish(page, 'Olive & Fig').click();
  const frame = await frameWith(page, 'text=Cold mezze', 20_000);
  await frame.getByText('Cold mezze').first().click();
}

test('a page that is laid out without end, as any app can write it, is told of and closed; others go on', async ({ page, address, counter, problems }) => {
  test.setTimeout(90_000);
  await launch(page, address, counter, 'hanging page');
  await closeHanging(page, 'Hostile', true);
  expect(problems.errors).toEqual([]);
});

test('a page frame under foreign control that never ends is told of and closed; an app that it held begins anew', async ({ page, address, problems }) => {
  test.setTimeout(90_000);
  await openHome(page, address);
  await dish(page, 'Olive & Fig').click();
  await frameWith(page, 'text=Cold mezze', 20_000);
  await closeApp(page);
  await dish(page, 'Probe').click();
  const frame = await frameWith(page, 'text=start', 20_000);
  await frame.evaluate(() => {
    setTimeout(() => {
      for (;;);
    }, 0);
  });
  await closeHanging(page, 'Probe');
  expect(problems.errors).toEqual([]);
});

test('an app that is left while its page hangs does not hold the next one', async ({ page, address, counter, problems }) => {
  test.setTimeout(90_000);
  await launch(page, address, counter, 'hanging page');
  await expect(page.getByRole('heading', { name: 'Hostile' }).filter({ visible: true }).first()).toBeVisible({ timeout: 20_000 });
  await page.waitForTimeout(1500);
  await leave(page, true);
  await dish(page, 'Olive & Fig').click();
  await frameWith(page, 'text=Cold mezze', 40_000);
  expect(problems.errors).toEqual([]);
});

test('a page under slow selectors can be left', async ({ page, address, problems }) => {
  await open(page, address, 'slow');
  await expect(page.getByRole('heading', { name: 'Slow' }).filter({ visible: true })).toBeVisible({ timeout: 20_000 });
  await page.waitForTimeout(1000);
  await leave(page);
  expect(problems.errors).toEqual([]);
});
