// @vitest-environment happy-dom
/** What goes from one mini app to another, and what does not. */
import { expect, it, vi } from 'vitest';
import type { CallContext } from '../miniapp/bridge';

const known = vi.fn((id: string) =>
  id === 'org.example.other' ? Promise.resolve({ name: 'Other' }) : Promise.reject(new Error()),
);
vi.mock('../platform/client', () => ({ miniApp: (id: string) => known(id) }));
const { miniProgramApis, plain } = await import('./mini-program');

function app(agreed: boolean) {
  const openOther = vi.fn(async () => true);
  const ask = vi.fn(async () => agreed);
  const context = { app: { id: 'org.example.this', ask, options: { openOther } } } as unknown as CallContext;
  return { ask, openOther, open: (args: object) => miniProgramApis.navigateToMiniProgram(context, args as never) };
}

it('opens another app after the user agrees, and says who opened it', async () => {
  const { open, openOther, ask } = app(true);
  await open({ appId: 'org.example.other', path: 'pages/a/a?x=1', extraData: { n: 1, referrerInfo: 'mine' } });
  expect(ask).toHaveBeenCalledWith(expect.objectContaining({ content: 'Other' }));
  expect(openOther).toHaveBeenCalledWith(
    { appId: 'org.example.other', version: undefined, path: 'pages/a/a', query: { x: '1' } },
    { appId: 'org.example.this', extraData: { n: 1, referrerInfo: 'mine' } },
  );
});

it('opens nothing where the user declines, nobody is there, or it is the app itself', async () => {
  const declined = app(false);
  await expect(declined.open({ appId: 'org.example.other' })).rejects.toMatchObject({ reason: 'cancel' });
  expect(declined.openOther).not.toHaveBeenCalled();
  const { open, ask } = app(true);
  for (const appId of ['org.example.nobody', '../x', '']) {
    await expect(open({ appId })).rejects.toMatchObject({ reason: 'invalid appid' });
  }
  await expect(open({ appId: 'ORG.example.this' })).rejects.toMatchObject({
    reason: expect.stringContaining('itself'),
  });
  expect(ask).not.toHaveBeenCalled();
});

it('hands over JSON, and not too much', () => {
  expect(plain({ a: [1, () => 1], b: undefined })).toEqual({ a: [1, null] });
  expect(plain(undefined)).toBeUndefined();
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  expect(() => plain(circle)).toThrow('extraData should be JSON');
  expect(() => plain('x'.repeat(70_000))).toThrow('larger than 64 KB');
});
