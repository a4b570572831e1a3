/** A user reports a mini app from its menu; the operator's staff handles it; the user reads what came of it. */
import type { Page } from '@playwright/test';
import { accessible, button, type Empty, expect, go, invite, signUp, size, test } from '../support/console';
import { closeApp, frameWith, openMenu } from '../support/shell';
import { publishVersion } from '../support/versions';
import { findings } from '../support/axe';

const appId = 'org.example.reported';
const name = 'Versions of reported';

const reportButton = (page: Page) => page.getByRole('button', { name: 'Report', exact: true });
const sheet = (page: Page) => page.getByRole('dialog', { name });

async function openReport(page: Page, { address }: Empty): Promise<void> {
  await page.goto(`${address}/miniapp/${appId}`);
  await frameWith(page, 'text=version 1.0.0');
  await openMenu(page);
  await reportButton(page).click();
}

/** The user's own list, on the home screen. */
async function ownReports(page: Page, { address }: Empty, person: string): Promise<void> {
  await page.goto(`${address}/`);
  await page.getByRole('button', { name: new RegExp(`^${person}`) }).click();
  await button(page, 'Your reports').click();
}

test('from the menu of a mini app to the answer', async ({ tools, empty, people, problems }) => {
  test.setTimeout(180_000);
  await publishVersion(tools, empty, { appId, version: '1.0.0' });
  const ada = await people(size.desktop);
  await signUp(ada, empty.address, 'Ada', empty.code);
  const sue = await people(size.phone);
  await signUp(sue, empty.address, 'Sue', await invite(ada, 'support', 'Sue'));

  // The sheet is the shell's own; it wants a reason, and for another one words.
  const uma = await people(size.phone);
  await signUp(uma, empty.address, 'Uma');
  await openReport(uma, empty);
  await expect(sheet(uma).getByText('never learns who reported it')).toBeVisible();
  expect(await findings(uma)).toEqual([]);
  await button(uma, 'Send report').click();
  await expect(sheet(uma).getByRole('alert')).toContainText('Choose what is wrong.');
  await sheet(uma).getByLabel('Something else').check();
  await button(uma, 'Send report').click();
  await expect(sheet(uma).getByRole('alert')).toContainText('Say what is wrong.');
  await sheet(uma).getByLabel('It is a scam or a fraud').check();
  await sheet(uma).getByLabel(/^What happened/).fill('It took money twice.');
  await sheet(uma).getByLabel(/^How to reach you/).fill('uma@example.org');

  // Without a network it says so, and what was typed stays, also when the sheet is closed.
  await uma.context().setOffline(true);
  await button(uma, 'Send report').click();
  await expect(sheet(uma).getByRole('alert')).toContainText('Check the network and send it again.');
  await uma.keyboard.press('Escape');
  await uma.context().setOffline(false);
  await openMenu(uma);
  await reportButton(uma).click();
  await expect(sheet(uma).getByLabel(/^What happened/)).toHaveValue('It took money twice.');
  await button(uma, 'Send report').click();
  await expect(sheet(uma).getByText(/^Thank you\. Your report is with/)).toBeVisible();
  await button(uma, 'Close').first().click();
  await closeApp(uma);
  await ownReports(uma, empty, 'Uma');
  await expect(uma.getByText('Sent', { exact: true })).toBeVisible();

  // Support sees it on a phone, takes it on, and warns the publisher.
  await go(sue, 'Reports');
  await expect(sue.locator('.pill', { hasText: 'open' })).toBeVisible();
  await accessible(sue);
  await sue.getByRole('link', { name: 'Scam or fraud' }).click();
  await expect(sue.getByText('It took money twice.')).toBeVisible();
  await expect(sue.getByText('uma@example.org')).toBeVisible();
  await expect(sue.getByText('pages/index/index')).toBeVisible();
  await expect(sue.getByText('Only admins withdraw a version.')).toBeVisible();
  await accessible(sue);

  // Ada looks at the same one; Sue is faster.
  await go(ada, 'Reports');
  await ada.getByRole('link', { name: 'Scam or fraud' }).click();
  await expect(button(ada, 'Take it on')).toBeVisible();
  await button(sue, 'Take it on').click();
  await expect(sue.getByText('You are at work on it since')).toBeVisible();
  await button(ada, 'Take it on').click();
  await expect(ada.getByText('Somebody else changed this meanwhile')).toBeVisible();
  await expect(ada.getByText('Sue is at work on it')).toBeVisible();

  // What she may not do with the release says whose it is.
  await sue.getByRole('link', { name: 'See the release' }).click();
  await expect(button(sue, 'Withdraw')).toBeDisabled();
  await expect(sue.getByText('Withdraw: for the mini app’s developers and the operator’s admins.')).toBeVisible();
  await sue.goBack();

  await sue.getByLabel('What came of it').selectOption({ label: 'Withdrawn' });
  await sue.getByLabel('Why, for others of the staff').fill('It charges twice.');
  await button(sue, 'Resolve').click();
  await expect(sue.getByRole('alert')).toContainText('Nothing of it was withdrawn');
  await sue.getByLabel('What came of it').selectOption({ label: 'Publisher warned' });
  await sue.getByLabel('Warning that the publisher reads').fill('Charge once, and pay back what was charged twice.');
  await sue.getByLabel(/^Answer that the user reads/).fill('We asked them to pay you back.');
  await accessible(sue);
  await button(sue, 'Resolve').click();
  await expect(sue.locator('.pill', { hasText: 'resolved' })).toBeVisible();
  await expect(sue.getByText('report.resolve', { exact: true })).toBeVisible();
  await sue.getByRole('link', { name: 'See the mini app' }).click();
  await expect(sue.getByText('Charge once, and pay back what was charged twice.')).toBeVisible();

  await ownReports(uma, empty, 'Uma');
  await expect(uma.getByText('Looked into: its maker has to mend it')).toBeVisible();
  await expect(uma.getByText('Answer: We asked them to pay you back.')).toBeVisible();

  // Of what the developer reads, nothing says who it was.
  const headers = { authorization: `Bearer ${await tools.token(empty)}` };
  for (const path of [`apps/${appId}/warnings`, `audit?app_id=${appId}`]) {
    const told = await fetch(`${empty.address}/api/v1/${path}`, { headers });
    expect(told.status).toBe(200);
    expect(await told.text()).not.toMatch(/uma|money twice/i);
  }
  expect(problems.errors).toEqual([]);
});

test('an admin comes from a report to the withdrawal, and says so truly', async ({ tools, empty, people, problems }) => {
  await publishVersion(tools, empty, { appId, version: '1.0.0' });
  const ada = await people(size.desktop);
  await signUp(ada, empty.address, 'Ada', empty.code);
  const uma = await people(size.phone);
  await signUp(uma, empty.address, 'Uma');
  await openReport(uma, empty);
  await sheet(uma).getByLabel('It poses as someone else').check();
  await button(uma, 'Send report').click();
  await expect(sheet(uma).getByText(/^Thank you/)).toBeVisible();

  // Offered in Chinese as well: titles of refusals too.
  await button(ada, '中文').click();
  await ada.getByRole('navigation', { name: '页面' }).getByRole('link', { name: '用户投诉' }).click();
  await ada.getByRole('link', { name: '冒充他人' }).click();
  await ada.getByRole('button', { name: '由我处理' }).click();
  await ada.getByLabel('处理结果').selectOption({ label: '已下架' });
  await ada.getByLabel('理由（仅工作人员可见）').fill('冒充银行。');
  await ada.getByRole('button', { name: '处理完毕' }).click();
  await expect(ada.getByRole('alert').locator('strong')).toHaveText('没有版本被下架');
  await accessible(ada);
  await ada.getByRole('link', { name: '下架此版本' }).click();
  await ada.getByLabel('用户看到的原因').fill('It posed as a bank.');
  await ada.getByRole('button', { name: '下架', exact: true }).last().click();
  await expect(ada.getByText('不再有人能获得它。')).toBeVisible();
  await ada.goBack();
  await ada.getByLabel('处理结果').selectOption({ label: '已下架' });
  await ada.getByLabel('理由（仅工作人员可见）').fill('冒充银行。');
  await ada.getByRole('button', { name: '处理完毕' }).click();
  await expect(ada.locator('.pill', { hasText: '已处理' })).toBeVisible();
  await ownReports(uma, empty, 'Uma');
  await expect(uma.getByText('Looked into: it was taken down')).toBeVisible();
  expect(problems.errors).toEqual([]);
});
