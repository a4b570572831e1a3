/** Messages to the shell that no runtime would send: the app took the runtime's port. */
import { catalog } from '../../web/runtime/protocol/generated/catalog';
import { ended, expect, harm, launch, reported, strike, struck, test } from './arena';
import { goBack } from '../support/shell';

/** Calls of the catalog that only a tap may lead to, and those of the runtime's own; with arguments that would do. */
const bound: [string, Record<string, unknown>][] = [
  ...Object.entries(catalog as Record<string, { gesture?: true; carrier: string; web: string }>)
    .filter(([, { gesture, carrier, web }]) => gesture === true && web === 'carried' && (carrier === 'shell' || carrier === 'server'))
    .map(([api]): [string, Record<string, unknown>] => [api, { appId: 'app.mezze.menu', path: 'pages/index/index', filePath: '/app.json', videoPath: '/app.json', desc: 'x', tmplIds: ['x'] }]),
  ['chooseAvatar', {}],
  ['shareAppMessage', { path: '/pages/index/index' }],
  ['agreePrivacyAuthorization', { buttonId: 'here' }],
];

test('a tap that only the worker claims opens nothing: every call that is bound to one', async ({ page, address, counter, problems }) => {
  expect(bound.length).toBeGreaterThan(12);
  const choosers: string[] = [];
  page.on('filechooser', () => choosers.push('a file chooser opened'));
  const frame = await strike(page, address, counter, 'claimed tap', JSON.stringify(bound));
  const answers = await reported<[string, string][]>(frame);
  expect(answers).toHaveLength(bound.length * 4);
  expect(answers.filter(([api, answer]) => answer !== `${api}:fail can only be invoked by user TAP gesture.`)).toEqual([]);
  await expect(page.getByRole('dialog').filter({ visible: true })).toHaveCount(0);
  await expect(frame.getByText('still here')).toBeVisible();
  expect([...choosers, ...(await harm(page, counter))]).toEqual([]);
  expect(problems.errors).toEqual([]);
});

test('a tap counts once', async ({ page, address, counter }) => {
  const frame = await strike(page, address, counter, 'used tap', 'replayed');
  await frame.getByText('still here').click();
  const answers = await reported<string[]>(frame);
  expect(answers.filter((answer) => answer === 'exitMiniProgram:fail can only be invoked by user TAP gesture.')).toHaveLength(2);
});

test('a tap counts for a while', async ({ page, address, counter }) => {
  const frame = await strike(page, address, counter, 'used tap', 'late');
  await frame.getByText('still here').click();
  expect((await reported<string[]>(frame))[0]).toBe('openSetting:fail can only be invoked by user TAP gesture.');
  await expect(page.getByRole('dialog').filter({ visible: true })).toHaveCount(0);
});

for (const attack of ['another page', 'internal calls', 'message flood']) {
  test(`the shell stands: ${attack}`, async ({ page, address, counter, problems }) => {
    const frame = await strike(page, address, counter, attack);
    await struck(frame);
    await page.waitForTimeout(700);
    expect(await harm(page, counter)).toEqual([]);
    expect(problems.errors).toEqual([]);
    // The shell still answers the user.
    await page.getByRole('button', { name: /^Close( mini app)?$/ }).filter({ visible: true }).first().click();
    await expect(page.getByRole('searchbox').first()).toBeVisible();
  });
}

test('what no runtime would ever say ends the app with an explanation', async ({ page, address, counter, problems }) => {
  await launch(page, address, counter, 'broken messages');
  await ended(page);
  expect(await harm(page, counter)).toEqual([]);
  expect(problems.errors).toEqual([]);
});

for (const which of ['__proto__ in arguments', 'cyclic arguments', 'deep arguments', 'prototype as a key of storage', 'more than storage holds']) {
  test(`a message that is well formed and means harm: ${which}`, async ({ page, address, counter, problems }) => {
    const frame = await strike(page, address, counter, 'one message', which);
    await struck(frame);
    await page.waitForTimeout(400);
    expect(await harm(page, counter)).toEqual([]);
    expect(problems.errors).toEqual([]);
    await expect(frame.getByText('still here')).toBeVisible();
  });
}

test('a page that is covered has no say over the bar', async ({ page, address, counter }) => {
  await launch(page, address, counter, 'calls from behind');
  await expect(page.getByRole('heading', { name: 'Other' })).toBeVisible({ timeout: 30_000 });
  await page.waitForTimeout(2000);
  await expect(page.getByRole('heading', { name: 'Other' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Taken over' }).filter({ visible: true })).toHaveCount(0);
});

test('a port of a page that was closed leads nowhere', async ({ page, address, counter, problems }) => {
  const frame = await strike(page, address, counter, 'after destroy');
  await expect(page.getByRole('heading', { name: 'Other' })).toBeVisible();
  await page.waitForTimeout(500);
  await goBack(page);
  await expect(frame.getByText('still here')).toBeVisible();
  const answer = await reported<string>(frame);
  expect(answer).toEqual(['posted', 'no answer']);
  expect(await harm(page, counter)).toEqual([]);
  expect(problems.errors).toEqual([]);
});

test('pictures come from declared servers only', async ({ page, address, counter }) => {
  const frame = await strike(page, address, counter, 'address of a picture');
  for (const result of await reported<string[]>(frame)) expect(result).toContain(':fail');
  expect(counter.hits).toEqual([]);
});
