/** What the platform takes, and what it gives to whom. */
import { readFile } from 'node:fs/promises';
import { example } from '../support/mezze.mjs';
import { openDish, openHome } from '../support/shell';
import { expect, test } from '../support/platform';

const packageType = 'application/miniapp-pkg+zip';

async function upload(address: string, body: Buffer, token?: string): Promise<{ status: number; problem: Record<string, unknown> }> {
  const headers: Record<string, string> = { 'content-type': packageType };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const response = await fetch(`${address}/api/v1/packages`, { method: 'POST', headers, body: new Uint8Array(body) });
  const text = await response.text();
  return { status: response.status, problem: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text } };
}

/** A generator of places, the same in every run. */
function* places(length: number, count: number): Generator<number> {
  let state = 7;
  for (let index = 0; index < count; index += 1) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state % length;
  }
}

test('a package with any flipped bit is refused on upload', async ({ platform, tools }) => {
  test.setTimeout(120_000);
  const bytes = await readFile(await tools.build(example('scooter')));
  const token = await tools.token(platform);
  const accepted: number[] = [];
  for (const place of [0, 30, bytes.length - 1, bytes.length - 22, ...places(bytes.length, 60)]) {
    const spoiled = Buffer.from(bytes);
    spoiled.writeUInt8(spoiled.readUInt8(place) ^ (1 << (place % 8)), place);
    const { status, problem } = await upload(platform.address, spoiled, token);
    if (status < 400) accepted.push(place);
    else expect(problem).toMatchObject({ title: expect.any(String), detail: expect.any(String), status });
  }
  expect(accepted).toEqual([]);
});

test('a package that is cut, extended, empty or no package is refused', async ({ platform, tools }) => {
  const bytes = await readFile(await tools.build(example('scooter')));
  const token = await tools.token(platform);
  const spoiled: Record<string, Buffer> = {
    cut: bytes.subarray(0, bytes.length - 100),
    extended: Buffer.concat([bytes, Buffer.from('more')]),
    prefixed: Buffer.concat([Buffer.from('before'), bytes]),
    twice: Buffer.concat([bytes, bytes]),
    empty: Buffer.alloc(0),
    nonsense: Buffer.from('PK\u0005\u0006 nonsense'),
  };
  for (const [name, body] of Object.entries(spoiled)) {
    const { status, problem } = await upload(platform.address, body, token);
    expect(status, `${name}: ${JSON.stringify(problem)}`).toBeGreaterThanOrEqual(400);
    expect(status, name).toBeLessThan(500);
  }
});

test('an unsigned package is refused, by the command line and by the platform', async ({ platform, tools }) => {
  const file = `${tools.home}/unsigned.ma`;
  await tools.mezze('build', example('scooter'), '--output', file, '--release', '7.0.0');
  await expect(tools.mezze('publish', file, '--platform', platform.address, '--token-file', platform.tokenFile)).rejects.toThrow(/sign/);
  const { status, problem } = await upload(platform.address, await readFile(file), await tools.token(platform));
  expect(status).toBeGreaterThanOrEqual(400);
  expect(JSON.stringify(problem)).toMatch(/sign/i);
});

test('an upload needs a token, and the right one', async ({ platform, tools }) => {
  const bytes = await readFile(await tools.build(example('scooter')));
  // Without a token and without an Origin of our own a call is refused before anyone asks who makes it.
  expect((await upload(platform.address, bytes)).status).toBe(403);
  expect([401, 403]).toContain((await upload(platform.address, bytes, 'wrong')).status);
});

test('another developer’s key can’t release an app that has an owner', async ({ platform, tools }) => {
  await tools.mezze('keys', 'new', 'stranger');
  const file = `${tools.home}/stranger.ma`;
  await tools.mezze('build', example('scooter'), '--output', file, '--release', '8.0.0', '--sign', 'stranger');
  await expect(tools.mezze('publish', file, '--platform', platform.address, '--token-file', platform.tokenFile)).rejects.toThrow(/key|sign|owner|developer/i);
});

test('a released version can’t be replaced by other bytes', async ({ platform, tools }) => {
  const file = `${tools.home}/other-bytes.ma`;
  await tools.mezze('build', example('menu'), '--output', file, '--app-id', 'app.mezze.scooter', '--release', '1.0.0', '--sign');
  await expect(tools.mezze('publish', file, '--platform', platform.address, '--token-file', platform.tokenFile)).rejects.toThrow(/1\.0\.0|version|already/i);
});

test('sealed bytes hold no plain text, are immutable, have an ETag and answer ranges', async ({ page, platform }) => {
  const sealed: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/v1/sealed/')) sealed.push(response.url());
  });
  await openHome(page, platform.address);
  await openDish(page, 'Olive & Fig', 'text=Cold mezze');
  const url = sealed[0];
  if (url === undefined) throw new Error('opening the menu fetched no sealed package');
  const whole = await fetch(url);
  const body = Buffer.from(await whole.arrayBuffer());
  for (const word of ['manifest.json', 'pages/menu', 'PK\u0003\u0004', 'Olive']) expect(body.includes(word)).toBe(false);
  expect(whole.headers.get('cache-control')).toContain('immutable');
  const tag = whole.headers.get('etag') ?? '';
  expect(tag).not.toBe('');
  expect((await fetch(url, { headers: { 'if-none-match': tag } })).status).toBe(304);
  const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(body.subarray(10, 20));
});

test('the content key goes to a signed-in host with a proved device only', async ({ platform }) => {
  const launch = (headers: Record<string, string>) => fetch(`${platform.address}/api/v1/miniapps/app.mezze.menu/launch`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: platform.address, ...headers }, body: JSON.stringify({ device_id: 'someone-elses-device' }),
  });
  expect((await launch({})).status).toBe(401);
  const signedIn = await fetch(`${platform.address}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json', origin: platform.address }, body: '{"demo":true}' });
  expect(signedIn.ok).toBe(true);
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const refused = await launch({ cookie });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(await refused.text()).not.toContain('ciphertext');
});

test('a call that writes is refused from another origin', async ({ platform }) => {
  const answer = await fetch(`${platform.address}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'https://evil.example' }, body: '{"demo":true}' });
  expect(answer.status).toBe(403);
});

test('the gate serves nobody without a ticket, and no media without its signature', async ({ platform }) => {
  const target = Buffer.from('http://169.254.169.254/latest/meta-data').toString('base64url');
  const meta = Buffer.from(JSON.stringify({ use: 'request', method: 'GET', url: 'http://127.0.0.1:1/', headers: {}, timeout: 1000 })).toString('base64url');
  const request = await fetch(`${platform.address}/gate/request`, { method: 'POST', headers: { origin: platform.address, 'mezze-gate-ticket': 'forged', 'mezze-gate-meta': meta } });
  expect([400, 401, 403]).toContain(request.status);
  const media = await fetch(`${platform.address}/gate/media/forged/${Buffer.alloc(32).toString('base64url')}/${target}`);
  expect([400, 401, 403, 404]).toContain(media.status);
});

test('every page and asset is sent with the policy and without a way to be framed', async ({ platform }) => {
  for (const path of ['/', '/miniapp/app.mezze.menu', '/miniapp/org.example.nobody']) {
    const response = await fetch(`${platform.address}${path}`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).toMatch(/frame-src ('none'|[^;]*\/webview\/)/);
    expect(policy, path).not.toContain('unsafe-eval');
    expect(policy, path).not.toMatch(/script-src[^;]*unsafe-inline/);
    expect(response.headers.get('x-content-type-options'), path).toBe('nosniff');
  }
  const icon = await fetch(`${platform.address}/api/v1/miniapps/app.mezze.menu/icon`);
  expect(icon.headers.get('content-security-policy') ?? '').toContain('sandbox');
  expect(icon.headers.get('x-content-type-options')).toBe('nosniff');
});
