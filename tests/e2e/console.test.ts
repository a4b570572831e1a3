/** The console: from a reserved id to a withdrawn release, by three people, each in a browser of their own. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { accessible, button, expect, go, password, signUp, size, test } from '../support/console';
import { frameWith } from '../support/shell';

const project = fileURLToPath(new URL('fixtures/permissions', import.meta.url));

// People review.
test.use({ more: ['--review', 'people'] });

test('an upload is checked, reviewed beside the running app, staged, released and withdrawn', async ({ tools, empty: reviewed, people, problems }) => {
  test.setTimeout(180_000);
  const { address, code } = reviewed;
  const packaged = await tools.build(project);

  // The first admin invites a reviewer.
  const ada = await people(size.desktop);
  await signUp(ada, address, 'Ada', code);
  await go(ada, 'Staff');
  await ada.getByLabel('Whom it is for').fill('Rita');
  await button(ada, 'Make the invitation').click();
  const invitation = (await ada.locator('console-secret code').textContent()) ?? '';
  expect(invitation).toMatch(/^[\w-]{20,}$/);
  const rita = await people(size.desktop);
  await signUp(rita, address, 'Rita', invitation);

  // A developer reserves an id, on a phone.
  const dan = await people(size.phone);
  await signUp(dan, address, 'Dan');
  await expect(dan.getByText('Reserve an id first.')).toBeVisible();
  await accessible(dan);
  await button(dan, 'Reserve a mini app').click();
  await dan.getByLabel('App id').fill('org.example.permissions');
  await dan.getByLabel('Name', { exact: true }).fill('Asking');
  await dan.getByLabel('Category').selectOption('tools');
  await dan.getByLabel('Name of your organisation').fill('Example Makers');
  await button(dan, 'Reserve').click();
  await expect(dan.getByRole('heading', { name: 'Asking', level: 1 })).toBeVisible();

  // What is no package is refused where the person is, and nothing typed is lost.
  await button(dan, 'Upload a package').click();
  await dan.getByLabel('What is new').fill('The first one');
  await dan.getByLabel('Package (.ma)').setInputFiles({ name: 'no.ma', mimeType: 'application/zip', buffer: Buffer.from('no package') });
  await button(dan, 'Upload').click();
  await expect(dan.getByRole('alert')).toContainText('The package is refused');
  await expect(dan.getByLabel('What is new')).toHaveValue('The first one');
  await dan.getByLabel('Package (.ma)').setInputFiles({ name: 'asking.ma', mimeType: 'application/zip', buffer: await readFile(packaged) });
  await button(dan, 'Upload').click();
  await expect(dan.getByRole('heading', { name: 'Asking 1.0.0', level: 1 })).toBeVisible();
  await expect(dan.locator('.pill', { hasText: 'in review' })).toBeVisible({ timeout: 60_000 });
  await expect(dan.getByRole('heading', { name: 'Findings' })).toBeVisible();
  await expect(dan.getByText('“To scan the code on your table”')).toBeVisible();
  await accessible(dan);

  // The developer's page stands in the background from here on: it does not follow by itself.
  await dan.evaluate(() => Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' }));

  // The reviewer claims it, runs it beside its permissions, asks, and approves.
  await go(rita, 'Reviews');
  await button(rita, 'Claim it').click();
  await expect(rita.getByText('You are at work on it until')).toBeVisible();
  await expect(rita.locator('console-publisher')).toContainText('Example Makers');
  await expect(rita.locator('console-publisher')).toContainText('not verified');
  await expect(rita.getByText('“To scan the code on your table”')).toBeVisible();
  await button(rita, 'Run it').click();
  const frame = await frameWith(rita, 'text=Where am I', 30_000);
  expect(frame.parentFrame()?.url()).toContain('/console/run/miniapp/org.example.permissions;version=1.0.0');
  await accessible(rita);
  await rita.getByRole('link', { name: 'Talk' }).click();
  await rita.getByLabel('Your words').fill('Why the camera?');
  await rita.getByLabel('Ask the developer').check();
  await button(rita, 'Send').click();
  await expect(rita.getByText('Why the camera?', { exact: true })).toBeVisible();
  await dan.getByRole('link', { name: 'Talk' }).click();
  await expect(dan.getByText('Why the camera?')).toBeVisible();
  await dan.getByLabel('Your words').fill('For the code on the table.');
  await button(dan, 'Send').click();
  await expect(button(rita, 'Approve')).toBeDisabled();
  const points = rita.locator('console-decision').getByRole('checkbox');
  await expect(points).toHaveCount(7);
  for (let index = 0; index < 7; index += 1) {
    await points.nth(index).click();
    await expect(rita.getByText(`${index + 1} of 7 ticked`)).toBeVisible();
  }
  await button(rita, 'Approve').click();
  await expect(rita.getByText('The review is over: the release is approved.')).toBeVisible();

  // The developer's page is older than the approval: it says what changed, and the person decides.
  await button(dan, 'Take it back from review').click();
  await button(dan, 'Take it back from review').last().click();
  await expect(dan.getByText('Somebody else changed this meanwhile')).toBeVisible();
  await expect(dan.getByText('State: in review → approved')).toBeVisible();
  await button(dan, 'Leave it as it is').click();

  await button(dan, 'Give it to a share').click();
  await dan.getByLabel('Share in percent').fill('5');
  await button(dan, 'Give it to a share').last().click();
  await expect(dan.getByText('5% of the users')).toBeVisible();
  await button(dan, 'Release to all').click();
  await button(dan, 'Release to all').last().click();
  await expect(dan.getByText('Every user gets it.')).toBeVisible();
  const listed = await dan.request.get(`${address}/api/v1/miniapps/org.example.permissions`);
  expect((await listed.json()).version).toBe('1.0.0');

  await button(dan, 'Withdraw').click();
  await dan.getByLabel('Reason that users read').fill('It asked for too much.');
  await button(dan, 'Withdraw').last().click();
  await expect(dan.getByText('Reason: It asked for too much.')).toBeVisible();
  await dan.getByRole('link', { name: 'History' }).click();
  await expect(dan.getByText('release.withdraw', { exact: true })).toBeVisible();

  // The operator answers for it: the trail and the public log have it.
  await go(ada, 'Audit trail');
  await expect(ada.getByText('release.approve', { exact: true })).toBeVisible();
  await go(ada, 'Public log');
  await expect(ada.getByRole('link', { name: 'org.example.permissions' }).first()).toBeVisible();
  await go(ada, 'Health');
  await expect(ada.locator('.pill', { hasText: 'withdrawn' })).toBeVisible();
  await accessible(ada);
  expect(problems.errors).toEqual([]);
});

test('whoever lost their session signs in again and goes on with what they typed', async ({ empty: reviewed, people, problems }) => {
  const page = await people(size.phone);
  await signUp(page, reviewed.address, 'Dan');
  await button(page, 'Reserve a mini app').click();
  await page.getByLabel('App id').fill('org.example.soup');
  await page.getByLabel('Name', { exact: true }).fill('Soup');
  await page.getByLabel('Name of your organisation').fill('Kitchen');
  await page.context().clearCookies();
  await button(page, 'Reserve').click();
  const again = page.getByRole('dialog', { name: 'Your session has ended' });
  await again.getByLabel('Login').fill('dan');
  await again.getByLabel('Password').fill(password);
  await again.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(again).toHaveCount(0);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Soup');
  await button(page, 'Reserve').click();
  await expect(page.getByRole('heading', { name: 'Soup', level: 1 })).toBeVisible();
  await button(page, 'Menu').click();
  await expect(page.getByRole('link', { name: 'Reviews' })).toHaveCount(0);
  await page.goto(`${reviewed.address}/console/reviews`);
  await expect(page.getByText('This place is for others')).toBeVisible();
  expect(problems.errors).toEqual([]);
});

test('a person keeps their account by themselves: a passkey, a token, testers by link', async ({ empty: reviewed, people, problems }) => {
  const page = await people(size.desktop);
  await signUp(page, reviewed.address, 'Dan');
  const authenticator = await page.context().newCDPSession(page);
  await authenticator.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const;
  await authenticator.send('WebAuthn.addVirtualAuthenticator', { options });

  await go(page, 'Account');
  await page.getByLabel('How you tell it from others').fill('Laptop');
  await button(page, 'Add a passkey').click();
  await expect(page.getByText('never used')).toBeVisible();
  await page.locator('console-tokens').getByLabel('Where it is kept').fill('CI');
  await button(page, 'Make a token').click();
  await expect(page.getByRole('alert')).toHaveText('Choose at least one.');
  await page.getByLabel(/^read apps and releases/).check();
  await button(page, 'Make a token').click();
  const token = (await page.locator('console-tokens console-secret code').textContent()) ?? '';
  const read = await page.request.get(`${reviewed.address}/api/v1/apps`, { headers: { authorization: `Bearer ${token}` } });
  expect([token.startsWith('mezze_'), read.status()]).toEqual([true, 200]);
  await button(page, 'Sign out').click();
  await button(page, 'Sign in with a passkey').click();
  await expect(page.getByRole('heading', { name: 'My apps', level: 1 })).toBeVisible();

  await button(page, 'Reserve a mini app').click();
  await page.getByLabel('App id').fill('org.example.soup');
  await page.getByLabel('Name', { exact: true }).fill('Soup');
  await page.getByLabel('Name of your organisation').fill('Kitchen');
  await button(page, 'Reserve').click();
  await page.getByRole('link', { name: 'Testers' }).click();
  await page.getByLabel('Whom it is for').fill('Friends');
  await button(page, 'Make the link').click();
  const code = (await page.locator('console-testers console-secret code').nth(1).textContent()) ?? '';
  const friend = await people(size.phone);
  await signUp(friend, reviewed.address, 'Fay');
  const redeemed = await friend.request.post(`${reviewed.address}/api/v1/test-links/redeem`, { data: { code }, headers: { origin: reviewed.address } });
  expect(redeemed.status()).toBe(200);
  await page.reload();
  await expect(page.getByText('1 of 20 used')).toBeVisible();
  await expect(page.getByText('Fay')).toBeVisible();
  await button(page, 'End it').click();
  await expect(page.getByText('1 of 20 used')).toHaveCount(0);
  await button(page, 'Remove').click();
  await expect(page.getByText('No testers yet')).toBeVisible();
  await accessible(page);
  await go(page, 'Organisations');
  await page.getByRole('link', { name: 'Kitchen' }).click();
  await expect(page.locator('console-members').getByText('Dan')).toBeVisible();
  await accessible(page);
  expect(problems.errors).toEqual([]);
});
