// @vitest-environment happy-dom
/** Signing in, and who an app may know its user as. */
import { afterEach, expect, it, vi } from 'vitest';
import type { CallContext } from '../miniapp/bridge';
import { ApiFailure } from '../miniapp/failure';

vi.mock('./account/avatar', () => ({
  letterAvatar: async (name: string) => new Blob([name], { type: 'image/png' }),
  unknownAvatar: async () => new Blob(['nobody'], { type: 'image/png' }),
}));
const { accountApis } = await import('./account');
const { subscribeApis } = await import('./subscribe');

const problem = (status: number) =>
  new Response(JSON.stringify({ title: 'No', detail: 'because', status }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
const json = (value: unknown) =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });

function app(agreed = true) {
  const kept: string[] = [];
  const addTemporary = (blob: Blob, extension: string) => {
    kept.push(`${blob.size}.${extension}`);
    return `wxfile://tmp_${kept.length}.${extension}`;
  };
  const ask = vi.fn(async (_question: object) => agreed);
  const fake = { id: 'org.example.one', ask, resources: { addTemporary }, options: { user: 'u' }, question: undefined };
  return { context: { app: fake } as unknown as CallContext, ask };
}

async function failureOf(run: unknown): Promise<unknown> {
  try {
    await run;
  } catch (failure) {
    return failure instanceof ApiFailure
      ? { reason: failure.reason, errno: failure.errno, ...failure.details }
      : failure;
  }
  return 'no failure';
}

afterEach(() => vi.unstubAllGlobals());

it('login asks the platform for a code of this app', async () => {
  const fetch = vi.fn(async (_path: string, _init: RequestInit) => json({ code: 'c', expires_in: 300 }));
  vi.stubGlobal('fetch', fetch);
  expect(await accountApis.login(app().context)).toEqual({ code: 'c' });
  expect(fetch.mock.calls[0]?.[0]).toBe('/api/v1/miniapps/org.example.one/login-code');
  expect(fetch.mock.calls[0]?.[1]).toMatchObject({ method: 'POST' });
});

it('says so where the platform is not there, or there is no session', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('offline')));
  expect(await failureOf(accountApis.login(app().context))).toMatchObject({ errno: 5 });
  vi.stubGlobal('fetch', async () => problem(404));
  expect(await failureOf(accountApis.checkSession(app().context))).toMatchObject({
    reason: 'session time out, need relogin',
  });
  vi.stubGlobal('fetch', async () => problem(401));
  expect(await failureOf(accountApis.checkSession(app().context))).toMatchObject({ reason: 'No. because' });
});

const signed = (nickName: string) => ({
  raw_data: JSON.stringify({ nickName, gender: 0, avatarUrl: '' }),
  signature: 's',
  encrypted_data: 'e',
  iv: 'i',
});

it('tells an app nobody in particular, and nobody is asked', async () => {
  vi.stubGlobal('fetch', async () => problem(404));
  const { context, ask } = app();
  const { userInfo, rawData, ...more } = await accountApis.getUserInfo(context, {});
  expect(userInfo).toMatchObject({ nickName: '微信用户', gender: 0, avatarUrl: 'wxfile://tmp_1.png' });
  expect({ ...JSON.parse(String(rawData)), avatarUrl: 'wxfile://tmp_1.png' }).toEqual(userInfo);
  expect(more, 'there is no session').toEqual({});
  expect(ask).not.toHaveBeenCalled();
});

it('adds what its server alone can read, where there is a session and the app wants it', async () => {
  const fetch = vi.fn(async (_path: string, _init: RequestInit) => json(signed('微信用户')));
  vi.stubGlobal('fetch', fetch);
  const data = { signature: 's', encryptedData: 'e', iv: 'i', userInfo: { nickName: '微信用户' } };
  expect(await accountApis.getUserInfo(app().context, { lang: 'zh_CN' })).toMatchObject(data);
  expect(fetch.mock.calls[0]?.[0]).toBe('/api/v1/miniapps/org.example.one/user-data');
  expect(fetch.mock.calls[0]?.[1]?.body).toBe('{"wanted":"anonymous","language":"zh_CN"}');
  expect(await accountApis.getUserInfo(app().context, { withCredentials: false })).not.toHaveProperty('signature');
  expect(fetch).toHaveBeenCalledTimes(1);
  vi.stubGlobal('fetch', async () => problem(404));
  expect(await failureOf(accountApis.getUserInfo(app().context, { withCredentials: true }))).toMatchObject({
    reason: 'there is no session, call login first',
  });
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('offline')));
  expect(await accountApis.getUserInfo(app().context, {})).toHaveProperty('userInfo');
  expect(await failureOf(accountApis.getUserInfo(app().context, { withCredentials: true }))).toMatchObject({
    errno: 5,
  });
});

it('tells the name after the user agreed, for a reason that was given', async () => {
  const me = { id: 'u', name: 'Ada', avatar_color: '#123456' };
  const fetch = vi.fn(async (path: string, _init: RequestInit) => json(path.endsWith('/me') ? me : signed('Ada')));
  vi.stubGlobal('fetch', fetch);
  const { context, ask } = app();
  expect(await accountApis.getUserProfile(context, { desc: 'to greet you' })).toMatchObject({
    userInfo: { nickName: 'Ada' },
    signature: 's',
    encryptedData: 'e',
    iv: 'i',
  });
  expect(ask.mock.calls[0]?.[0]).toMatchObject({ content: 'Ada\nto greet you' });
  expect(fetch.mock.calls[1]?.[1]?.body).toBe('{"wanted":"profile"}');
  expect(await failureOf(accountApis.getUserProfile(context, { desc: ' ' }))).toMatchObject({
    reason: 'desc is empty',
  });
  expect(await failureOf(accountApis.getUserProfile(context, { desc: 'x'.repeat(31) }))).toMatchObject({
    reason: 'desc length does not meet the requirements',
  });
  fetch.mockClear();
  expect(await failureOf(accountApis.getUserProfile(app(false).context, { desc: 'x' }))).toMatchObject({
    reason: 'auth deny',
  });
  expect(fetch.mock.calls.some(([path]) => path.endsWith('/user-data'))).toBe(false);
});

it('asks for messages within the bounds of the original', async () => {
  const subscribe = (tmplIds: unknown) => failureOf(subscribeApis.requestSubscribeMessage(app().context, { tmplIds }));
  expect(await subscribe([])).toMatchObject({ errCode: 10001 });
  expect(await subscribe('a')).toMatchObject({ errCode: 10004 });
  expect(await subscribe(['1', '2', '3', '4', '5', '6'])).toMatchObject({ errCode: 20003 });
});
