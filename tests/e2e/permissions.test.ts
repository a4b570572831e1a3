/** What a person sees when an app asks, refuses, looks at its settings, and what its developer is told. */
import { createServer } from 'node:http';
import { readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame, Page } from '@playwright/test';
import { verifyMezzeApp } from '../../docs/guides/verify-mezze-app.mjs';
import { findings } from '../support/axe';
import { frameWith, openMenu } from '../support/shell';
import { expect, test as base, type Served } from '../support/platform';

const project = fileURLToPath(new URL('fixtures/permissions', import.meta.url));
const appPath = '/miniapp/org.example.permissions';

/** Answers are kept with the account, so that every test has a platform of its own. */
const test = base.extend<{ asking: Served }>({
  asking: async ({ tools }, use, info) => {
    const served = await tools.serve({ data: join(tools.home, `asking-${info.testId}-${info.retry}`) });
    await tools.publish(served, project);
    await use(served);
    await served.stop();
  },
});

test.use({ geolocation: { latitude: 41.01, longitude: 28.97 }, permissions: ['geolocation', 'clipboard-read'] });

const open = async (page: Page, served: { address: string }, query = ''): Promise<Frame> => {
  await page.goto(`${served.address}${appPath}${query}`);
  return frameWith(page, 'text=Where am I');
};
const tap = (frame: Frame, name: string) => frame.getByText(name, { exact: true }).click();
const said = (frame: Frame) => frame.locator('#said');
const choice = (page: Page, answer: string) => page.locator(`[data-answer=${answer}]`);

/** Waits until taps count, as a person does, and answers. */
async function answer(page: Page, with_: 'granted' | 'once' | 'refused'): Promise<void> {
  await expect(choice(page, with_)).toHaveAttribute('aria-disabled', 'false');
  await choice(page, with_).click();
  // The app grows back before it is tapped again.
  await expect(page.locator('.stage.shrunken')).toHaveCount(0);
  await page.waitForTimeout(300);
}

test('a prompt says who asks, what for, and in whose words; its answer is kept', async ({ page, asking, problems }) => {
  const frame = await open(page, asking);
  await tap(frame, 'Where am I');
  const sheet = page.getByRole('dialog').filter({ hasText: 'Asking asks to see where you are' });
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText('Signed by Example Makers');
  await expect(sheet).toContainText('Reviewed by Mezze');
  await expect(sheet.locator('figure')).toHaveText(/In its maker’s words\s+To show tables near you/);
  const mark = String((await (await page.request.get(`${asking.address}/api/v1/me`)).json()).device_mark);
  await expect(sheet.locator('.mark')).toHaveText(mark);
  await expect(page.locator('.stage.shrunken')).toHaveCount(1);

  await answer(page, 'granted');
  await expect(said(frame)).toContainText('getLocation success {"latitude":41.01');
  await tap(frame, 'Twice at once');
  await expect(said(frame)).toHaveText(/getLocation:ok.*authorize:ok|authorize:ok.*getLocation:ok/);
  await tap(frame, 'Get setting');
  await expect(said(frame)).toContainText('"authSetting":{"scope.userLocation":true}');
  await expect(said(frame)).toContainText('"subscriptionsSetting":{"mainSwitch":true,"itemSettings":{}}');
  expect(problems.errors).toEqual([]);
});

test('a tap that was on its way to the app does not answer', async ({ page, asking }) => {
  const frame = await open(page, asking);
  await tap(frame, 'Where am I');
  await choice(page, 'granted').waitFor();
  await expect(choice(page, 'granted')).toHaveAttribute('aria-disabled', 'true');
  await choice(page, 'granted').click({ force: true });
  await expect(choice(page, 'granted')).toBeVisible();
  await expect(said(frame)).toHaveText('nothing yet');
  // Nor does one beside the prompt, nor a click that a script makes.
  await page.mouse.click(195, 40);
  await expect(choice(page, 'granted')).toHaveAttribute('aria-disabled', 'false');
  await choice(page, 'granted').evaluate((button: HTMLElement) => button.click());
  await expect(choice(page, 'granted')).toBeVisible();
  await answer(page, 'once');
  await expect(said(frame)).toContainText('getLocation success');
});

test('never two prompts at once, and one answer for all that waited', async ({ page, asking }) => {
  const frame = await open(page, asking);
  await tap(frame, 'Twice at once');
  await expect(choice(page, 'granted')).toHaveCount(1);
  await answer(page, 'granted');
  await expect(said(frame)).toContainText('getLocation:ok');
  await expect(choice(page, 'granted')).toHaveCount(0);
});

test('refused once: no second prompt, the settings page recovers it', async ({ page, asking }) => {
  const frame = await open(page, asking);
  await tap(frame, 'Where am I');
  await answer(page, 'refused');
  await expect(said(frame)).toHaveText('getLocation fail {"errMsg":"getLocation:fail auth deny","errno":103}');
  await frame.locator('#said').evaluate((element) => element.setAttribute('data-seen', '1'));
  await tap(frame, 'Twice at once');
  await expect(said(frame)).toContainText('first:getLocation:fail auth deny');
  await expect(choice(page, 'granted')).toHaveCount(0);

  await tap(frame, 'Open settings');
  await page.getByLabel('State of see where you are').selectOption('granted');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(said(frame)).toContainText('opened {"authSetting":{"scope.userLocation":true}');
  await tap(frame, 'Where am I');
  await expect(said(frame)).toContainText('getLocation success');

  // Taken back, it is asked for again.
  await openMenu(page);
  await page.getByRole('button', { name: 'Data' }).click();
  await page.getByLabel('State of see where you are').selectOption('ask');
  await page.getByRole('button', { name: 'Done' }).click();
  await tap(frame, 'Where am I');
  await answer(page, 'refused');
  await expect(said(frame)).toContainText('auth deny');
});

test('this time ends with the app; a kept answer goes with the account, and works offline', async ({ page, asking, browser }) => {
  const frame = await open(page, asking);
  await tap(frame, 'Where am I');
  await answer(page, 'once');
  await expect(said(frame)).toContainText('getLocation success');
  const again = await open(page, asking);
  await tap(again, 'Where am I');
  await answer(page, 'granted');
  await expect(said(again)).toContainText('getLocation success');
  await expect
    .poll(async () => (await (await page.request.get(`${asking.address}/api/v1/grants`)).json())[0]?.grants[0]?.state)
    .toBe('granted');

  const context = await browser.newContext({ geolocation: { latitude: 1, longitude: 2 }, permissions: ['geolocation'] });
  const other = await context.newPage();
  const elsewhere = await open(other, asking);
  await tap(elsewhere, 'Where am I');
  await expect(said(elsewhere)).toContainText('getLocation success {"latitude":1');
  await context.close();

  await page.route('**/api/v1/**', (route) => route.abort());
  const offline = await open(page, asking);
  await tap(offline, 'Where am I');
  await expect(said(offline)).toContainText('getLocation success');
});

test('what is not declared fails, and its developer is told where to declare it', async ({ page, tools }) => {
  const dev = await tools.start('dev', project, '--listen', '127.0.0.1:0', '--no-open', '--json');
  try {
    await page.goto(String(dev.ready.url));
    const frame = await frameWith(page, 'text=Where am I');
    await tap(frame, 'Authorize microphone');
    await expect(said(frame)).toHaveText(
      'authorize fail {"errMsg":"authorize:fail api scope is not declared in the privacy agreement","errno":112}',
    );
    const told = () =>
      dev.events.some((event) => event.event === 'console' && event.level === 'error' && /scope\.record.*mezze\.json/s.test(String(event.text)));
    await expect.poll(told).toBe(true);
  } finally {
    await dev.stop();
  }
});

test('the settings page needs a tap', async ({ page, asking }) => {
  const frame = await open(page, asking);
  await tap(frame, 'Open settings later');
  await expect(said(frame)).toContainText('can only be invoked by user TAP gesture', { timeout: 10_000 });
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the data agreement: shown by the shell, declined, agreed, and asked for no more', async ({ page, asking }) => {
  const frame = await open(page, asking);
  await tap(frame, 'Privacy setting');
  await expect(said(frame)).toContainText('"needAuthorization":true,"privacyContractName":"Asking Privacy Terms"');
  await tap(frame, 'Paste');
  const sheet = page.getByRole('dialog').filter({ hasText: 'Asking asks for your consent' });
  await expect(sheet).toContainText('To paste a voucher that you copied');
  await expect(sheet).toContainText('Not kept');
  await answer(page, 'refused');
  const refusal = '{"errMsg":"getClipboardData:fail privacy permission is not authorized","errno":104}';
  await expect(said(frame)).toHaveText(`getClipboardData fail ${refusal}`);
  // Not again within ten seconds, by whatever name.
  await tap(frame, 'Privacy setting');
  await tap(frame, 'Paste');
  await expect(said(frame)).toHaveText(`getClipboardData fail ${refusal}`);
  await tap(frame, 'Require privacy');
  await expect(said(frame)).toContainText('requirePrivacyAuthorize fail');
  await page.waitForTimeout(10_000);
  await tap(frame, 'Require privacy');
  await answer(page, 'granted');
  await expect(said(frame)).toContainText('requirePrivacyAuthorize success');
  await tap(frame, 'Paste');
  await expect(said(frame)).toContainText('getClipboardData success');
  await tap(frame, 'Privacy setting');
  await expect(said(frame)).toContainText('"needAuthorization":false');
  await tap(frame, 'Privacy terms');
  await expect(page.getByRole('heading', { name: 'Asking Privacy Terms' })).toBeVisible();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
});

test('an app shows the agreement itself: only a real tap on its button agrees', async ({ page, asking }) => {
  const first = await open(page, asking);
  await tap(first, 'Own agreement');
  const frame = await frameWith(page, 'text=Agree without a tap');
  await tap(frame, 'Require privacy');
  await expect(frame.getByText('requirePrivacyAuthorize needs your agreement')).toBeVisible();
  await tap(frame, 'Agree without a tap');
  await expect(said(frame)).toHaveText('still waiting');
  await tap(frame, 'Agree here');
  await expect(said(frame)).toContainText('success {"errMsg":"requirePrivacyAuthorize:ok"}');
  // The shell says what that was an agreement to.
  await expect(page.getByText('You agreed that Asking uses: Clipboard.')).toBeVisible();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByLabel('State of Clipboard').selectOption('ask');
  await page.getByRole('button', { name: 'Done' }).click();
  await tap(frame, 'Require privacy');
  await tap(frame, 'Decline here');
  await expect(said(frame)).toContainText('privacy permission is not authorized","errno":104');
});

test('the settings tell states, uses, data, servers and a log, and export them', async ({ page, asking }) => {
  const frame = await open(page, asking);
  await tap(frame, 'Where am I');
  await answer(page, 'granted');
  await expect(said(frame)).toContainText('getLocation success');
  await tap(frame, 'Where am I');
  await tap(frame, 'Open settings');
  const row = page.locator('[data-permission="scope.userLocation"]');
  await expect(row).toContainText('“To show tables near you”');
  await expect(row).toContainText(/Used 2 times, last \d/);
  await expect(page.locator('[data-permission="scope.camera"]')).toContainText('can’t work without this');
  await expect(page.getByText('It declares no servers, so it can contact none.')).toBeVisible();
  await expect(page.getByText('getLocation: used see where you are').first()).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
  const exported = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(exported).toMatchObject({
    app_id: 'org.example.permissions',
    permissions: [{ permission: 'scope.userLocation', state: 'granted' }],
    uses: { uses: { 'scope.userLocation': { count: 2 } } },
  });
  await page.getByRole('button', { name: 'Clear the log' }).click();
  await expect(page.getByText('Nothing yet.')).toBeVisible();
});

test('an operator forbids and gives beforehand', async ({ page, tools }) => {
  const data = join(tools.home, 'operator');
  const before = await tools.serve({ data });
  await tools.publish(before, project);
  const { developer_key } = await (await page.request.get(`${before.address}/api/v1/miniapps/org.example.permissions`)).json();
  await before.stop();
  const file = join(tools.home, 'policy.json');
  const rules = [
    { id: 'no-location', categories: ['tools'], permissions: ['scope.userLocation'], effect: 'forbid', reason: 'Tools stay blind here.' },
    { id: 'cameras', publishers: [developer_key], permissions: ['scope.camera'], effect: 'grant' },
  ];
  await writeFile(file, JSON.stringify({ rules }));
  const served = await tools.serve({ data, more: ['--permission-policy', file] });
  try {
    const frame = await open(page, served);
    await tap(frame, 'Where am I');
    await expect(said(frame)).toContainText('auth deny","errno":103');
    await tap(frame, 'Authorize camera');
    await expect(said(frame)).toContainText('authorize success');
    await tap(frame, 'Open settings');
    await expect(page.getByText('Your operator forbids this. Tools stay blind here.')).toBeVisible();
    await expect(page.getByText('Your operator allows this for you.')).toBeVisible();
  } finally {
    await served.stop();
  }
});

test('a server can check which app asks, by the published key', async ({ page, tools }) => {
  const seen: { statement: string; referer: string; cookie: string; address: string }[] = [];
  const server = createServer((request, response) => {
    const { headers } = request;
    seen.push({
      statement: String(headers['mezze-app']),
      referer: String(headers.referer),
      cookie: String(headers.cookie ?? ''),
      address: String(headers['x-forwarded-for'] ?? headers.forwarded ?? ''),
    });
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dev = await tools.start('dev', project, '--listen', '127.0.0.1:0', '--no-open', '--json');
  try {
    await page.goto(`${String(dev.ready.url)}?server=${encodeURIComponent(`${origin}/a?b=1`)}`);
    const frame = await frameWith(page, 'text=Where am I');
    await tap(frame, 'Request');
    await expect(said(frame)).toContainText('request success');
    const [asked] = seen;
    if (asked === undefined) throw new Error('the server was not asked');
    expect(asked).toMatchObject({ cookie: '', address: '' });
    expect(asked.referer).toMatch(/\/org\.example\.permissions\/1\.0\.0\/page-frame\.html$/);
    const platform = new URL(String(dev.ready.url)).origin;
    const expected = { platform, issuer: 'http://localhost', audience: origin, apps: ['org.example.permissions'] };
    expect(await verifyMezzeApp(asked.statement, expected)).toMatchObject({ sub: 'org.example.permissions', ver: '1.0.0', env: 'develop', htm: 'GET', htu: `${origin}/a` });
    await expect(verifyMezzeApp(asked.statement, { ...expected, audience: 'https://bank.example' })).rejects.toThrow('meant for');
    await expect(verifyMezzeApp(asked.statement, { ...expected, apps: ['org.example.bank'] })).rejects.toThrow('may not ask');
    await expect(verifyMezzeApp(asked.statement, { ...expected, now: Date.now() / 1000 + 300 })).rejects.toThrow('over');
    const forged = asked.statement.replace(/\.[^.]*$/, `.${'A'.repeat(86)}`);
    await expect(verifyMezzeApp(forged, expected)).rejects.toThrow('does not hold');
    await expect(verifyMezzeApp(undefined, expected)).rejects.toThrow('no Mezze-App');
    // The mark of a relaxed gate, and the server among those that were contacted.
    await expect(page.getByText('dev', { exact: true })).toBeVisible();
    await tap(frame, 'Open settings');
    await expect(page.getByText('Any server: this is a development build.')).toBeVisible();
    await expect(page.getByText(origin)).toBeVisible();
  } finally {
    await dev.stop();
    server.close();
  }
});

for (const scheme of ['light', 'dark'] as const) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });

    test('prompts, settings and the mark are for everyone: names, contrast, keyboard', async ({ page, asking }) => {
      await page.goto(`${asking.address}/`);
      await expect(page.getByText('Choose a mark that only you and Mezze know')).toBeVisible();
      await page.getByRole('button', { name: 'Choose another' }).click();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: '🌶️ chilli' }).click();
      await expect(page.getByText('Choose a mark that only you and Mezze know')).toHaveCount(0);

      const frame = await open(page, asking);
      await tap(frame, 'Where am I');
      await expect(choice(page, 'once')).toHaveAttribute('aria-disabled', 'false');
      await expect(page.locator('mezze-trusted-sheet .mark')).toHaveText('🌶️ chilli');
      await page.waitForTimeout(300);
      expect(await findings(page)).toEqual([]);
      // Escape answers this call alone; the keyboard reaches every choice.
      await page.keyboard.press('Escape');
      await expect(said(frame)).toContainText('auth deny');
      await tap(frame, 'Where am I');
      await expect(choice(page, 'once')).toHaveAttribute('aria-disabled', 'false');
      await page.keyboard.press('Tab');
      await expect(choice(page, 'once')).toBeFocused();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect(said(frame)).toContainText('getLocation success');

      await tap(frame, 'Paste');
      await choice(page, 'granted').waitFor();
      await page.waitForTimeout(700);
      expect(await findings(page)).toEqual([]);
      await answer(page, 'granted');
      await expect(said(frame)).toContainText('getClipboardData success');
      await tap(frame, 'Open settings');
      await page.getByRole('button', { name: 'Done' }).waitFor();
      await page.waitForTimeout(400);
      expect(await findings(page)).toEqual([]);
    });
  });
}

test('everything that was allowed stands in one place, and can be taken back there', async ({ page, asking }) => {
  const frame = await open(page, asking);
  await tap(frame, 'Where am I');
  await answer(page, 'granted');
  await expect(said(frame)).toContainText('getLocation success');
  await page.getByRole('button', { name: /^close/i }).first().click();
  await page.getByRole('button', { name: /account and language/ }).click();
  await page.getByRole('button', { name: 'What mini apps may do' }).click();
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'Asking' })).toBeVisible();
  await expect(page.getByText('see where you are')).toBeVisible();
  await page.getByRole('button', { name: 'Take back from Asking' }).click();
  await expect(page.getByText('No mini app has been allowed anything.')).toBeVisible();
  await page.keyboard.press('Escape');
  // The app is still alive behind, and has to ask again.
  const again = await open(page, asking);
  await tap(again, 'Where am I');
  await expect(choice(page, 'granted')).toBeVisible();
});
