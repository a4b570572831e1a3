/** Updates as WeChat's: beside the running app, before it opens where they must be, the old release where they fail. */
import type { Page } from '@playwright/test';
import { type Served, type Workshop, expect, test } from '../support/platform';
import { closeApp, frameWith } from '../support/shell';
import { act, approveVersion, develop, publishVersion, type VersionOptions } from '../support/versions';

const address = (platform: Served, appId: string) => `${platform.address}/miniapp/${appId}`;

/** What the platform was asked for: sizes of the launch answers, and which sealed files were fetched. */
function watch(page: Page) {
  const seen = { launches: [] as Launch[], fetched: [] as string[] };
  page.on('response', async (response) => {
    const path = new URL(response.url()).pathname;
    if (path.endsWith('/launch') && response.ok()) seen.launches.push((await response.json()) as Launch);
    if (path.startsWith('/api/v1/sealed/')) seen.fetched.push(path.split('/').at(-1) ?? '');
  });
  return seen;
}

interface Launch {
  state: string;
  version: string;
  forced: boolean;
  sealed?: { digest: string; size: number };
  delta?: { sealed: { digest: string; size: number } };
}

/** Changes what this device notes of a kept package. */
async function note(page: Page, appId: string, change: Record<string, unknown>): Promise<void> {
  await page.evaluate(([id, members]) => new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('mezze');
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('packages', 'readwrite');
      const store = transaction.objectStore('packages');
      const reading = store.get(id);
      reading.onsuccess = () => store.put({ ...reading.result, ...members }, id);
      transaction.oncomplete = () => {
        opening.result.close();
        resolve();
      };
      transaction.onabort = () => reject(transaction.error);
    };
  }), [appId, change] as const);
}

async function open(page: Page, platform: Served, appId: string, version: string): Promise<void> {
  await page.goto(address(platform, appId));
  await frameWith(page, `text=version ${version}`);
}

/** Opens version 1.0.0, then publishes another by `release`. */
async function prepare(page: Page, tools: Workshop, platform: Served, name: string, release: (options: VersionOptions) => Promise<void>): Promise<string> {
  const appId = `org.example.${name}`;
  await publishVersion(tools, platform, { appId, version: '1.0.0' });
  await open(page, platform, appId, '1.0.0');
  // Kept before the next start.
  await page.waitForTimeout(300);
  await release({ appId, version: '2.0.0' });
  return appId;
}

test('the old release opens at once, the new one is fetched beside it and applied', async ({ page, tools, platform, problems }) => {
  const appId = await prepare(page, tools, platform, 'beside', (options) => publishVersion(tools, platform, options));
  const seen = watch(page);
  await open(page, platform, appId, '1.0.0');
  const old = await frameWith(page, 'text=heard check:true ready');
  expect(seen.launches.map(({ version, state }) => `${version} ${state}`)).toEqual(['2.0.0 fetch']);
  const [launch] = seen.launches;
  const whole = launch?.sealed?.size ?? 0;
  const delta = launch?.delta?.sealed.size ?? whole;
  expect(seen.fetched, 'only the delta is fetched').toEqual([launch?.delta?.sealed.digest]);
  expect(delta).toBeLessThan(whole / 10);
  // What runs still has its own files, although another release has its place by now.
  await old.locator('text=apply it').tap();
  await frameWith(page, 'text=version 2.0.0');
  await frameWith(page, 'text=heard check:false');
  expect(problems.errors).toEqual([]);
});

test('the user may restart by the note, or gets the new release with the next start', async ({ page, tools, platform }) => {
  const appId = await prepare(page, tools, platform, 'note', (options) => publishVersion(tools, platform, options));
  await open(page, platform, appId, '1.0.0');
  await expect(page.getByText('A new version is ready.')).toBeVisible();
  await page.getByRole('button', { name: 'Later' }).click();
  await open(page, platform, appId, '2.0.0');
});

test('a forced update comes before the app is used', async ({ page, tools, platform }) => {
  const appId = await prepare(page, tools, platform, 'forced', async (options) => {
    await approveVersion(tools, platform, options);
    await act(tools, platform, 'release', options.appId, '--release', options.version, '--forced');
  });
  const seen = watch(page);
  await page.goto(address(platform, appId));
  await frameWith(page, 'text=version 2.0.0');
  expect(seen.launches.at(-1)).toMatchObject({ version: '2.0.0', forced: true });
  expect(seen.fetched).toEqual([seen.launches[0]?.delta?.sealed.digest]);
  await open(page, platform, appId, '2.0.0');
});

test('a forced update that fails leaves the old release to open', async ({ page, context, tools, platform }) => {
  const appId = await prepare(page, tools, platform, 'forced-fails', async (options) => {
    await approveVersion(tools, platform, options);
    await act(tools, platform, 'release', options.appId, '--release', options.version, '--forced');
  });
  await context.route('**/api/v1/sealed/**', (route) => route.abort());
  await page.goto(address(platform, appId));
  await frameWith(page, 'text=heard check:true failed');
  await frameWith(page, 'text=version 1.0.0');
  await context.unroute('**/api/v1/sealed/**');
  await open(page, platform, appId, '2.0.0');
});

test('below the lowest version nothing opens, not even where the update fails', async ({ page, context, tools, platform }) => {
  const appId = await prepare(page, tools, platform, 'lowest', (options) => publishVersion(tools, platform, options));
  const { items } = (await (await fetch(`${platform.address}/api/v1/apps/${appId}/releases`, {
    headers: { authorization: `Bearer ${await tools.token(platform)}` },
  })).json()) as { items: { version: string; version_code: number }[] };
  const code = items.find(({ version }) => version === '2.0.0')?.version_code;
  await develop(tools, platform, 'PATCH', `/api/v1/apps/${appId}`, { minimum_version_code: code });
  await context.route('**/api/v1/sealed/**', (route) => route.abort());
  await page.goto(address(platform, appId));
  await expect(page.getByRole('button', { name: /again|retry/i }).first()).toBeVisible();
  for (const frame of page.frames()) expect(await frame.locator('text=version 1.0.0').count()).toBe(0);
  await context.unroute('**/api/v1/sealed/**');
  await page.getByRole('button', { name: /again|retry/i }).first().click();
  await frameWith(page, 'text=version 2.0.0');
});

test('after a day without a check the update comes first', async ({ page, tools, platform }) => {
  const appId = await prepare(page, tools, platform, 'unused', (options) => publishVersion(tools, platform, options));
  await note(page, appId, { checkedAt: Date.now() - 25 * 60 * 60 * 1000 });
  await open(page, platform, appId, '2.0.0');
  // And where that can't be, what is there opens.
  await note(page, appId, { checkedAt: Date.now() - 25 * 60 * 60 * 1000 });
  await page.context().route('**/launch', (route) => route.abort());
  await open(page, platform, appId, '2.0.0');
});

test('an update that hangs does not keep the app from opening', async ({ page, tools, platform }) => {
  const appId = await prepare(page, tools, platform, 'hangs', (options) => publishVersion(tools, platform, options));
  await note(page, appId, { checkedAt: 1 });
  let go: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.context().route('**/api/v1/sealed/**', async (route) => {
    await held;
    await route.continue();
  });
  await open(page, platform, appId, '1.0.0');
  go();
  await frameWith(page, 'text=heard check:true ready');
});

test('a release that was rolled back is left for the one before it', async ({ page, tools, platform }) => {
  const appId = await prepare(page, tools, platform, 'back', (options) => publishVersion(tools, platform, options));
  await open(page, platform, appId, '1.0.0');
  await frameWith(page, 'text=ready');
  await open(page, platform, appId, '2.0.0');
  await act(tools, platform, 'rollback', appId);
  await open(page, platform, appId, '2.0.0');
  await frameWith(page, 'text=heard check:true ready');
  await open(page, platform, appId, '1.0.0');
  await frameWith(page, 'text=heard check:false');
});

test('a delta that is broken is put aside for the whole package', async ({ page, context, tools, platform, problems }) => {
  const appId = await prepare(page, tools, platform, 'broken', (options) => publishVersion(tools, platform, options));
  const seen = watch(page);
  let broken = 0;
  await context.route('**/api/v1/sealed/**', async (route) => {
    // The delta is what is fetched first.
    if (broken > 0) return route.continue();
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    body.writeUInt8(body.readUInt8(body.length - 40) ^ 1, body.length - 40);
    broken += 1;
    return route.fulfill({ response, body });
  });
  await open(page, platform, appId, '1.0.0');
  await frameWith(page, 'text=heard check:true ready');
  expect(broken).toBe(1);
  expect(seen.fetched).toEqual([seen.launches[0]?.delta?.sealed.digest, seen.launches[0]?.sealed?.digest]);
  await open(page, platform, appId, '2.0.0');
  expect(problems.errors).toEqual([]);
});

test('a running app that was left for home goes on with its own release', async ({ page, tools, platform }) => {
  const appId = await prepare(page, tools, platform, 'left', (options) => publishVersion(tools, platform, options));
  await open(page, platform, appId, '1.0.0');
  await frameWith(page, 'text=ready');
  await closeApp(page);
  await page.getByRole('button', { name: /^Versions of left/ }).first().click();
  await frameWith(page, 'text=version 1.0.0');
});
