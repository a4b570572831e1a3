/** The public log: a platform that can't prove a release, or shows another past, is not believed. */
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { example } from '../support/mezze.mjs';
import { expect, test } from '../support/platform';
import { frameWith } from '../support/shell';

const menu = '/miniapp/app.mezze.menu';

interface Launch {
  log?: { index: number; entry: string; proof: string[]; checkpoint: string };
}

/** Changes what the platform says of the log on its way to the shell. */
async function tamper(page: Page, change: (launch: Launch) => void): Promise<void> {
  await page.route('**/api/v1/miniapps/*/launch', async (route) => {
    const response = await route.fetch();
    const launch = (await response.json()) as Launch;
    change(launch);
    await route.fulfill({ response, json: launch });
  });
}

const lies: Record<string, (launch: Launch) => void> = {
  'leaves the proof out': (launch) => {
    delete launch.log;
  },
  'proves another entry': (launch) => {
    if (launch.log) launch.log.entry = launch.log.entry.replace('app.mezze.menu', 'app.mezze.other');
  },
  'names another place': (launch) => {
    if (launch.log) launch.log.index += 1;
  },
  'signs with another key': (launch) => {
    if (launch.log) launch.log.checkpoint = launch.log.checkpoint.replace(/ [A-Za-z0-9+/]{8}/, ' AAAAAAAA');
  },
};

for (const [what, change] of Object.entries(lies)) {
  test(`a platform that ${what} is refused`, async ({ page, platform }) => {
    await tamper(page, change);
    await page.goto(`${platform.address}${menu}`);
    await expect(page.getByText(/did not prove that it gives this release to everybody/).first()).toBeVisible();
    expect(page.frames().length, 'no page of the app is drawn').toBeLessThan(4);
  });
}

test('a device that knows the log notices another one', async ({ page, tools }) => {
  const first = await tools.serve({ data: join(tools.home, 'log-one') });
  const port = new URL(first.address).port;
  await tools.publish(first, example('menu'), example('scooter'));
  await page.goto(`${first.address}${menu}`);
  await frameWith(page, 'text=Cold mezze');
  await first.stop();
  // The same address, another platform: other keys, another past.
  const second = await tools.serve({ data: join(tools.home, 'log-two'), listen: `127.0.0.1:${port}` });
  try {
    await tools.publish(second, example('scooter'));
    await page.goto(`${second.address}/miniapp/app.mezze.scooter`);
    await expect(page.getByText(/did not prove that it gives this release to everybody/).first()).toBeVisible();
  } finally {
    await second.stop();
  }
});

test('the whole log is checked from outside, with the packages in it', async ({ tools, platform }) => {
  const state = join(tools.home, 'log.state');
  const verify = (...more: string[]) => tools.mezze('log', 'verify', '--platform', platform.address, '--json', ...more);
  const whole = JSON.parse(await verify('--state', state)) as Record<string, unknown>;
  expect(whole).toMatchObject({ origin: 'localhost/log', releases: 3, apps: 3, withdrawals: 0, continues: null });
  const known = JSON.parse(await verify('--state', state, '--key', String(whole.verifier_key))) as { continues: number };
  expect(known.continues).toBe(whole.size);

  const inLog = await tools.build(example('menu'));
  expect((JSON.parse(await verify(inLog)) as { package_index: number }).package_index).toBe(0);
  const other = await tools.build(example('menu'), '--release', '9.0.0');
  await expect(verify(other)).rejects.toThrow(/is not in the log/);
  const strange = String(whole.verifier_key).replace('localhost', 'elsewhere');
  await expect(verify('--key', strange)).rejects.toThrow(/key/);
});
