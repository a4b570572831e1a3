/** A link for testers: the shell redeems it, runs the version that users don't have, and leaves theirs alone. */
import { type Served, type Workshop, expect, test } from '../support/platform';
import { closeApp, frameWith } from '../support/shell';
import { develop, writeVersion } from '../support/versions';

/** A version that passed its check and went no further. */
async function checked(tools: Workshop, platform: Served, appId: string, version: string): Promise<void> {
  const file = await tools.build(await writeVersion(tools, { appId, version }));
  const more = ['--platform', platform.address, '--token-file', platform.tokenFile, '--notes', 'for testers'];
  await tools.mezze('publish', file, ...more);
  const state = async () => {
    const answer = await fetch(`${platform.address}/api/v1/apps/${appId}/releases`, { headers: { authorization: `Bearer ${await tools.token(platform)}` } });
    const { items } = (await answer.json()) as { items: { version: string; state: string }[] };
    return items.find((release) => release.version === version)?.state;
  };
  await expect.poll(state, { timeout: 20_000 }).toBe('checked');
}

async function prepared(tools: Workshop, platform: Served, name: string): Promise<{ appId: string; link: string }> {
  const appId = `org.example.${name}`;
  await tools.publish(platform, await writeVersion(tools, { appId, version: '1.0.0' }));
  await checked(tools, platform, appId, '2.0.0');
  const { url } = await develop(tools, platform, 'POST', `/api/v1/apps/${appId}/test-links`, { label: 'friends' });
  // A platform on a port of the system's choosing does not know it when it writes the link.
  const { pathname, search } = new URL(String(url));
  return { appId, link: `${platform.address}${pathname}${search}` };
}

test('a tester runs the coming version by the link, and the release without it', async ({ page, tools, platform, problems }) => {
  const { appId, link } = await prepared(tools, platform, 'tested');
  const normal = `${platform.address}/miniapp/${appId}`;
  await page.goto(normal);
  await frameWith(page, 'text=version 1.0.0');
  await expect(page.getByText('test', { exact: true })).toBeHidden();

  await page.goto(link);
  await frameWith(page, 'text=version 2.0.0');
  await expect(page.getByText('test', { exact: true })).toBeVisible();
  expect(page.url(), 'the code does not stay in the address').not.toContain('mezze-test');
  expect(page.url()).toContain(';version=2.0.0');

  // The release is as it was: from home, from its address, and after another start of the test version.
  await closeApp(page);
  await page.getByRole('button', { name: /^Versions of tested/ }).first().click();
  await frameWith(page, 'text=version 1.0.0');
  await frameWith(page, 'text=heard check:false');
  await expect(page.getByText('test', { exact: true })).toBeHidden();
  await page.goto(`${normal};version=2.0.0`);
  await frameWith(page, 'text=version 2.0.0');
  await page.goto(normal);
  await frameWith(page, 'text=version 1.0.0');
  expect(problems.errors).toEqual([]);
});

test('a link that does not hold, or is for another app, says so', async ({ page, tools, platform }) => {
  const { appId, link } = await prepared(tools, platform, 'unlinked');
  await page.goto(`${platform.address}/miniapp/${appId}?mezze-test=nonsense`);
  await expect(page.getByRole('heading', { name: 'This test link no longer works' })).toBeVisible();
  await page.goto(link.replace(appId, 'app.mezze.menu'));
  await expect(page.getByRole('heading', { name: 'This test link no longer works' })).toBeVisible();
});
