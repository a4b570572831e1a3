/** Releases at a time and ways back, in the console: what a developer sees and what users get. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { accessible, button, type Empty, expect, signUp, size, test } from '../support/console';
import type { Workshop } from '../support/platform';
import { writeVersion } from '../support/versions';

const appId = 'org.example.timed';

async function reserve(page: Page): Promise<void> {
  await button(page, 'Reserve a mini app').click();
  await page.getByLabel('App id').fill(appId);
  await page.getByLabel('Name', { exact: true }).fill('Timed');
  await page.getByLabel('Name of your organisation').fill('Clockmakers');
  await button(page, 'Reserve').click();
  await expect(page.getByRole('heading', { name: 'Timed', level: 1 })).toBeVisible();
}

/** Uploads a version and waits until the platform's own review approved it. */
async function approved(page: Page, tools: Workshop, { address }: Empty, version: string): Promise<string> {
  const file = await tools.build(await writeVersion(tools, { appId, version }));
  await page.goto(`${address}/console/apps/${appId}`);
  await button(page, 'Upload a package').click();
  const buffer = await readFile(file);
  await page.getByLabel('Package (.ma)').setInputFiles({ name: 'timed.ma', mimeType: 'application/zip', buffer });
  await page.getByLabel('Submit it for review').check();
  await button(page, 'Upload').click();
  await expect(page.locator('.pill', { hasText: 'approved' })).toBeVisible({ timeout: 60_000 });
  return page.url();
}

const pad = (number: number) => String(number).padStart(2, '0');
/** As a field of day and time takes it, in the browser's time zone. */
const local = (at: Date) =>
  `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;

async function schedule(page: Page, at: Date): Promise<void> {
  await button(page, 'Release at a time').first().click();
  await page.getByLabel('Day and time, in your time zone').fill(local(at));
  await button(page, 'Release at a time').last().click();
}

test('a release at a time can be taken back and set again, and comes by itself; the one before is a step away', async ({ tools, empty, people, problems }) => {
  test.setTimeout(240_000);
  const dan = await people(size.phone);
  await signUp(dan, empty.address, 'Dan');
  await reserve(dan);
  const current = async () => {
    const answer = await fetch(`${empty.address}/api/v1/miniapps/${appId}`);
    return answer.ok ? ((await answer.json()) as { version: string }).version : undefined;
  };

  const first = await approved(dan, tools, empty, '1.0.0');
  await schedule(dan, new Date(Date.now() - 60_000));
  await expect(dan.getByRole('alert')).toContainText('Choose a time that is still to come');
  await dan.getByLabel('Day and time, in your time zone').fill(local(new Date(Date.now() + 86_400_000)));
  await accessible(dan);
  await button(dan, 'Release at a time').last().click();
  await expect(dan.getByText(/^To be released /)).toBeVisible();
  await button(dan, 'Release at a time').first().click();
  await button(dan, 'Don’t release at a time').click();
  await expect(dan.getByText(/^To be released /)).toHaveCount(0);
  expect(await current()).toBeUndefined();

  // The next whole minute that is still far enough away; the page follows it.
  await schedule(dan, new Date(Math.ceil((Date.now() + 4_000) / 60_000) * 60_000));
  await expect(dan.getByText(/^To be released /)).toBeVisible();
  await expect(dan.getByText('Every user gets it.')).toBeVisible({ timeout: 90_000 });
  expect(await current()).toBe('1.0.0');

  const second = await approved(dan, tools, empty, '2.0.0');
  await button(dan, 'Release to all').first().click();
  await button(dan, 'Release to all').last().click();
  await expect(dan.getByText('Every user gets it.')).toBeVisible();
  expect(await current()).toBe('2.0.0');
  await dan.goto(first);
  await expect(dan.getByText('A newer release took its place.')).toBeVisible();
  await button(dan, 'Roll back to this').first().click();
  await expect(dan.getByText('This version becomes the one that every user gets again.')).toBeVisible();
  await accessible(dan);
  await button(dan, 'Roll back to this').last().click();
  await expect(dan.getByText('Every user gets it.')).toBeVisible();
  expect(await current()).toBe('1.0.0');
  await dan.goto(second);
  await expect(dan.locator('.pill', { hasText: 'superseded' })).toBeVisible();
  expect(problems.errors).toEqual([]);
});

test('an organisation begins to prove its domain, and is told what was looked for', async ({ empty, people, problems }) => {
  const olga = await people(size.desktop);
  await signUp(olga, empty.address, 'Olga');
  await reserve(olga);
  await olga.goto(`${empty.address}/console/organisations`);
  await olga.getByRole('link', { name: 'Clockmakers' }).click();
  await olga.getByLabel('Domain').fill('no such domain');
  await button(olga, 'Begin').click();
  await expect(olga.getByRole('alert')).toBeVisible();
  // Reserved for what does not exist (RFC 2606).
  await olga.getByLabel('Domain').fill('clocks.invalid');
  await button(olga, 'Begin').click();
  await expect(olga.getByText('_mezze.clocks.invalid')).toBeVisible();
  await expect(olga.locator('console-secret code')).toHaveText(/^mezze-verification=/);
  await button(olga, 'Check it now').click();
  await expect(olga.getByRole('alert')).toContainText('The domain is not proved', { timeout: 40_000 });
  await accessible(olga);
  // No test owns a domain: that a record proves one is the platform's own test; here the console shows the answer.
  await olga.route('**/domains/proof', async (route) => {
    const path = route.request().url().replace(/\/domains\/proof$/, '');
    const organisation = await (await olga.request.get(path)).json();
    await route.fulfill({ json: { ...organisation, verification: 'domain', verified_domain: 'clocks.invalid' } });
  });
  await button(olga, 'Check it now').click();
  await expect(olga.locator('.pill', { hasText: 'clocks.invalid' })).toBeVisible();
  await expect(olga.getByRole('alert')).toHaveCount(0);
  await expect(button(olga, 'Check it now')).toHaveCount(0);
  expect(problems.errors).toEqual([]);
});
