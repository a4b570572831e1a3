/**
 * One app id, two signers. What an app stored on a device is for releases whose key is the same, or was vouched for by
 * the one before; the platform's word that they belong together lets nobody at it.
 */
import type { Page, Route } from '@playwright/test';
import { join } from 'node:path';
import { expect, test as base } from '../support/platform';
import { frameWith } from '../support/shell';
import { writeVersion } from '../support/versions';
import { withLocalNetwork, withoutDefence } from './without-defence';

/** Keeps a word where there is none, and shows what was kept before. */
const keeper = `
  const files = wx.getFileSystemManager()
  const path = wx.env.USER_DATA_PATH + '/word.txt'
  let file = ''
  try { file = files.readFileSync(path, 'utf8') } catch (_) {}
  const word = wx.getStorageSync('word')
  hear('kept [' + word + '|' + file + ']')
  if (word === '') wx.setStorageSync('word', this.data.version)
  if (file === '') files.writeFileSync(path, this.data.version)`;

interface Lineage {
  key: string;
  vouched_by: string;
  signature: string;
}

const appId = 'org.example.signers';

/** A platform with two versions of one app; the second is signed with a key that the first one's vouched for. */
const test = base.extend<object, { rotated: string }>({
  rotated: [
    async ({ tools, platform }, use) => {
      const { address, tokenFile } = platform;
      const publish = async (version: string, key: string) => {
        const file = join(tools.home, `signers-${version}.ma`);
        const project = await writeVersion(tools, { appId, version, script: keeper });
        await tools.mezze('build', project, '--output', file, '--sign', key);
        await tools.mezze('publish', file, '--platform', address, '--token-file', tokenFile);
      };
      await publish('1.0.0', 'default');
      await tools.mezze('keys', 'new', 'second');
      await tools.mezze('keys', 'vouch', appId, 'second', '--platform', address, '--token-file', tokenFile);
      await publish('2.0.0', 'second');
      await use(address);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
test.use({ launchOptions: withLocalNetwork });

/** Opens a version by name, and gives what it found that was kept. */
async function kept(page: Page, address: string, version: string): Promise<string> {
  await page.goto(`${address}/miniapp/${appId};version=${version}`);
  const frame = await frameWith(page, `text=version ${version}`, 20_000);
  const heard = frame.getByText(/kept \[/);
  await expect(heard).toBeVisible();
  // What was written is on the device before the next version looks.
  await page.waitForTimeout(300);
  return /kept \[(.*?)\]/.exec((await heard.textContent()) ?? '')?.[1] ?? '';
}

/** Changes the lineage that the platform states. */
function stating(change: (lineage: Lineage[]) => Lineage[]): (route: Route) => Promise<void> {
  return async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { lineage?: Lineage[] };
    await route.fulfill({ response, json: { ...answer, lineage: change(answer.lineage ?? []) } });
  };
}

test('a key that the earlier one vouched for keeps what the app stored, also offline and for a release from before', async ({ page, rotated, problems }) => {
  expect(await kept(page, rotated, '1.0.0')).toBe('|');
  expect(await kept(page, rotated, '2.0.0')).toBe('1.0.0|1.0.0');
  await page.context().route('**/launch', (route) => route.abort());
  expect(await kept(page, rotated, '1.0.0')).toBe('1.0.0|1.0.0');
  expect(await kept(page, rotated, '2.0.0')).toBe('1.0.0|1.0.0');
  expect(problems.errors).toEqual([]);
});

const lies: Record<string, (lineage: Lineage[]) => Lineage[]> = {
  'no vouch': () => [],
  'a vouch that is not signed by the earlier key': (lineage) => lineage.map((one) => ({ ...one, signature: `${one.signature.startsWith('A') ? 'B' : 'A'}${one.signature.slice(1)}` })),
};

for (const [name, lie] of Object.entries(lies)) {
  test(`another signer of the same id finds nothing: ${name}`, async ({ page, rotated, problems }) => {
    await page.context().route('**/launch', stating(lie));
    expect(await kept(page, rotated, '1.0.0')).toBe('|');
    expect(await kept(page, rotated, '2.0.0')).toBe('|');
    // Each goes on with its own.
    expect(await kept(page, rotated, '1.0.0')).toBe('1.0.0|1.0.0');
    expect(await kept(page, rotated, '2.0.0')).toBe('2.0.0|2.0.0');
    expect(problems.errors).toEqual([]);
  });
}

test('without the owner in the keys of storage, whoever signs reads it', async ({ browser, rotated }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await withoutDefence(context, rotated, 'storage by signer');
  const page = await context.newPage();
  await context.route('**/launch', stating(() => []));
  expect(await kept(page, rotated, '1.0.0')).toBe('|');
  expect(await kept(page, rotated, '2.0.0')).toBe('1.0.0|1.0.0');
  await context.close();
});
