/** What the person sees where something is wrong: always a screen that says what, and a way on. */
import type { Route } from '@playwright/test';
import { dish, frameWith, openHome } from '../support/shell';
import { expect, test } from '../support/platform';
import { example } from '../support/mezze.mjs';

test('an unknown app id', async ({ page, platform, problems }) => {
  await page.goto(`${platform.address}/miniapp/org.example.nobody`);
  await expect(page.getByText(/org\.example\.nobody/).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: /not|no /i }).first()).toBeVisible();
  expect(problems.errors).toEqual([]);
});

test('a version that does not exist', async ({ page, platform }) => {
  await page.goto(`${platform.address}/miniapp/app.mezze.menu;version=9.9.9`);
  await expect(page.getByText(/9\.9\.9/).first()).toBeVisible();
});

test('an address that is none', async ({ page, platform }) => {
  await page.goto(`${platform.address}/miniapp/${encodeURIComponent('<b>x</b>')}`);
  await expect(page.getByRole('heading').filter({ visible: true }).first()).toBeVisible();
  expect(await page.locator('b', { hasText: /^x$/ }).count()).toBe(0);
});

test('a page that the app does not have', async ({ page, platform }) => {
  await page.goto(`${platform.address}/miniapp/app.mezze.menu/pages/nowhere/index`);
  await expect(page.getByText(/pages\/nowhere\/index/).first()).toBeVisible();
});

test('a platform that went down while the shell is open, and came back', async ({ page, tools, problems }) => {
  const own = await tools.serve({ data: `${tools.home}/going-down` });
  await tools.publish(own, example('menu'));
  const port = new URL(own.address).port;
  await openHome(page, own.address);
  await own.stop();
  await dish(page, 'Olive & Fig').click();
  await expect(page.getByText(/offline|can.t be reached|no answer|not reachable|connection/i).first()).toBeVisible();
  const again = await tools.serve({ data: own.data, listen: `127.0.0.1:${port}` });
  try {
    await page.getByRole('button', { name: /again|retry/i }).first().click();
    await frameWith(page, 'text=Cold mezze');
  } finally {
    await again.stop();
  }
  expect(problems.errors).toEqual([]);
});

/** Changes the sealed bytes on their way, as a broken or hostile delivery would. */
function spoil(change: (body: Buffer) => Buffer) {
  return async (route: Route) => {
    const response = await route.fetch();
    const headers = response.headers();
    delete headers['content-length'];
    delete headers['content-range'];
    await route.fulfill({ response, headers, body: change(Buffer.from(await response.body())) });
  };
}

const attacks: Record<string, (body: Buffer) => Buffer> = {
  'a byte flipped in the middle': (body) => {
    const at = Math.floor(body.length / 2);
    body.writeUInt8(body.readUInt8(at) ^ 1, at);
    return body;
  },
  'a byte flipped in the header': (body) => {
    body.writeUInt8(body.readUInt8(3) ^ 0x80, 3);
    return body;
  },
  'the last record cut off': (body) => body.subarray(0, body.length - 70_000 > 0 ? body.length - 70_000 : body.length - 20),
  'bytes put behind the end': (body) => Buffer.concat([body, Buffer.from('more')]),
  'another file altogether': () => Buffer.from('this is no package'),
};

for (const [name, change] of Object.entries(attacks)) {
  test(`a package that arrives with ${name} is refused`, async ({ page, platform }) => {
    await page.context().route('**/api/v1/sealed/**', spoil(change));
    await page.goto(`${platform.address}/miniapp/app.mezze.menu`);
    await expect(page.getByText(/refused|can.t be trusted|not what|damaged|changed on the way/i).first()).toBeVisible({ timeout: 20_000 });
    for (const frame of page.frames()) expect(await frame.locator('text=Cold mezze').count()).toBe(0);
    // Nothing half-done stays: once the delivery is honest again, the app opens.
    await page.context().unroute('**/api/v1/sealed/**');
    await page.reload();
    await frameWith(page, 'text=Cold mezze');
  });
}
