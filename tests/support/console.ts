/** People in the console: each has a browser of their own, and signs up on a platform where nobody is anyone yet. */
import { type Browser, type Page, expect } from '@playwright/test';
import { join } from 'node:path';
import { findings } from './axe';
import { type Served, test as base } from './platform';

export const password = 'correct horse battery staple';
export const size = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
export type Size = { width: number; height: number };

export interface Empty extends Served {
  /** Code by which the first admin comes. */
  code: string;
}

/** `empty`: a platform without accounts; `people`: a browser for one more person. */
export const test = base.extend<{ more: string[]; empty: Empty; people: (viewport: Size) => Promise<Page> }>({
  more: [[], { option: true }],
  empty: async ({ tools, more }, use, info) => {
    const data = join(tools.home, `empty-${info.testId}-${info.retry}`);
    const options = ['--no-demo', '--open-registration', '--json', ...more];
    const running = await tools.start('serve', '--data', data, '--listen', '127.0.0.1:0', ...options);
    const { url, first_admin_code: code, token_file: tokenFile } = running.ready;
    const address = String(url).replace(/\/$/, '');
    const { log, stop, pid } = running;
    await use({ address, code: String(code), tokenFile: String(tokenFile), data, log, stop, pid });
    await stop();
  },
  people: async ({ browser, problems }, use) => {
    const pages: Page[] = [];
    await use(async (viewport) => {
      const page = await person(browser, viewport);
      page.on('pageerror', (error) => problems.errors.push(String(error.stack ?? error)));
      // What the policy forbids is told in the console of the browser only.
      page.on('console', (line) => {
        if (/Content Security Policy|TrustedHTML/.test(line.text())) problems.errors.push(line.text());
      });
      pages.push(page);
      return page;
    });
    for (const page of pages) await page.context().close();
  },
});

async function person(browser: Browser, viewport: Size): Promise<Page> {
  const context = await browser.newContext({ viewport, hasTouch: false, isMobile: false, deviceScaleFactor: 1 });
  return context.newPage();
}

export async function signUp(page: Page, address: string, name: string, code = ''): Promise<void> {
  await page.goto(`${address}/console/`);
  await page.getByRole('button', { name: 'Make an account' }).click();
  await page.getByLabel('Code of your invitation').fill(code);
  await page.getByLabel('Login').fill(name.toLowerCase());
  await page.getByLabel('Name that others see').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByRole('heading', { name: 'My apps', level: 1 })).toBeVisible();
}

export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

/** Goes to a place of the menu, which a phone keeps behind a button. */
export async function go(page: Page, name: string): Promise<void> {
  const link = page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name, exact: true });
  if (!(await link.isVisible())) await button(page, 'Menu').click();
  await link.click();
}

/** An admin invites a member of the staff; gives the code. */
export async function invite(admin: Page, duty: string, name: string): Promise<string> {
  await go(admin, 'Staff');
  await admin.getByLabel('Role').selectOption(duty);
  await admin.getByLabel('Whom it is for').fill(name);
  await button(admin, 'Make the invitation').click();
  return (await admin.locator('console-secret code').textContent()) ?? '';
}

export async function accessible(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([]);
}

export { expect };
