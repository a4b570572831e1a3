/** Addresses and frames: what leads somewhere else than it says is refused, and nobody frames the shell. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './arena';

const links = [
  '/miniapp//evil.example/',
  '/miniapp/app.mezze.menu//evil.example/x',
  '/miniapp/app.mezze.menu/..%2f..%2fapi%2fv1%2fme',
  '/miniapp/app.mezze.menu/pages/%2e%2e/%2e%2e/x',
  '/miniapp/app.mezze.menu%00.evil',
  '/miniapp/app.mezze.menu/pages\\index\\index',
  '/miniapp/%3Cimg%20src%3Dx%20onerror%3DglobalThis.evil%3D1%3E',
  '/miniapp/app.mezze.menu;version=../../x',
  '/miniapp/app.mezze.menu/pages/menu/index?next=javascript:globalThis.evil=1#javascript:globalThis.evil=1',
  '/miniapp/javascript:globalThis.evil=1',
];

for (const link of links) {
  test(`a link stays where it leads: ${link}`, async ({ page, address, counter, problems }) => {
    await page.goto(`${address}${link}`).catch(() => undefined);
    await page.waitForTimeout(800);
    expect(new URL(page.url()).origin).toBe(new URL(address).origin);
    expect(await page.evaluate(() => (globalThis as { evil?: unknown }).evil)).toBeUndefined();
    expect(counter.hits).toEqual([]);
    expect(problems.errors).toEqual([]);
  });
}

for (const path of ['/', '/miniapp/app.mezze.menu', '/api/v1/platform', '/healthz', '/nowhere']) {
  test(`nobody frames ${path}`, async ({ page, address }) => {
    const outside = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<iframe src="${address}${path}" onload="document.title='loaded'"></iframe>`);
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    try {
      await page.goto(`http://localhost:${(outside.address() as AddressInfo).port}/`);
      await page.waitForTimeout(800);
      const texts = await Promise.all(page.frames().slice(1).map((frame) => frame.evaluate(() => document.body.innerText).catch(() => '')));
      expect(texts.join('')).not.toMatch(/Mezze|Olive|"|healthy|ok/i);
      const framed = page.frames().slice(1).map((frame) => frame.url());
      expect(framed.filter((url) => url.startsWith(address))).toEqual([]);
    } finally {
      outside.close();
    }
  });
}

/** Every route of the interface, errors included. */
test('all answers carry their security headers', async ({ page, address }) => {
  const document = (await (await page.request.get(`${address}/api/openapi.json`)).json()) as { paths: Record<string, Record<string, unknown>> };
  const wanted = ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'permissions-policy'];
  const missing: string[] = [];
  const routes = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => [method, path] as const));
  expect(routes.length).toBeGreaterThan(20);
  for (const [method, path] of [...routes, ['get', '/'], ['get', '/miniapp/x'], ['get', '/nowhere'], ['get', '/service-worker.js'], ['put', '/'], ['get', '/assets/none.js'], ['get', '/webview/none'], ['get', '/gate/media/a/b/c']] as const) {
    const url = `${address}${path.replace(/\{\*?[^}]+\}/g, 'x')}`;
    const answer = await page.request.fetch(url, { method: method.toUpperCase(), maxRedirects: 0, failOnStatusCode: false, timeout: 10_000 });
    const headers = answer.headers();
    for (const name of wanted) if (headers[name] === undefined) missing.push(`${method} ${path} (${answer.status()}): ${name}`);
    if (/script|html/.test(headers['content-type'] ?? '') && headers['x-content-type-options'] !== 'nosniff') missing.push(`${method} ${path}: sniffed`);
  }
  expect(missing).toEqual([]);
});
