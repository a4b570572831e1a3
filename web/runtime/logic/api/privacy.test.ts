/** The app's own data agreement: who is asked, and what reaches the shell. */
import { describe, expect, it, vi } from 'vitest';
import type { ApiContext } from './context';
import { privacyApis } from './privacy';

type Call = [api: string, args: Record<string, unknown>];

function start() {
  const calls: Call[] = [];
  let need: (detail: unknown) => void = () => undefined;
  const warn = vi.fn();
  const context = {
    bridge: {
      onEvent: (_name: string, listener: (detail: unknown) => void) => {
        need = listener;
      },
      call: (api: string, args: Record<string, unknown>, _page: number, settle: (result: unknown) => void) => {
        calls.push([api, args]);
        const cheats = api === 'resolvePrivacyAuthorization' && args.buttonId === 'never-tapped';
        settle(cheats ? { ok: false, failure: { errMsg: 'no tap' } } : { ok: true, value: {} });
      },
    },
    reporter: { guard: (_what: string, work: () => void) => work(), warn },
  };
  const { events } = privacyApis(context as unknown as ApiContext);
  const api = events.onNeedPrivacyAuthorization;
  if (api === undefined) throw new Error('there is no onNeedPrivacyAuthorization');
  return { api, calls, warn, need: (referrer: string) => need({ referrer }) };
}

describe('onNeedPrivacyAuthorization', () => {
  it('tells the shell once that the app shows the agreement, and hands on what the app answers', () => {
    const { api, calls, need } = start();
    const older = vi.fn();
    api.on(older);
    api.on(((resolve: (answer: unknown) => void, { referrer }: { referrer: string }) => {
      expect(referrer).toBe('getLocation');
      resolve({ event: 'exposureAuthorization' });
      resolve({ event: 'agree', buttonId: 'agree' });
    }) as unknown as (detail: unknown) => void);
    need('getLocation');
    expect(older, 'only the newest listener counts').not.toHaveBeenCalled();
    expect(calls).toEqual([
      ['listenPrivacyAuthorization', { listening: true }],
      ['resolvePrivacyAuthorization', { event: 'exposureAuthorization', buttonId: '' }],
      ['resolvePrivacyAuthorization', { event: 'agree', buttonId: 'agree' }],
    ]);
  });

  it('warns the developer of an agreement that no tap stands behind', () => {
    const { api, warn, need } = start();
    api.on(((resolve: (answer: unknown) => void) =>
      resolve({ event: 'agree', buttonId: 'never-tapped' })) as unknown as (detail: unknown) => void);
    need('getLocation');
    expect(warn).toHaveBeenCalledWith('no tap');
  });

  it('never leaves the shell waiting for a listener that went away', () => {
    const { api, calls, need } = start();
    api.on(() => undefined);
    api.off(undefined);
    need('getLocation');
    expect(calls.slice(1)).toEqual([
      ['listenPrivacyAuthorization', { listening: false }],
      ['resolvePrivacyAuthorization', { event: 'disagree', buttonId: '' }],
    ]);
  });
});
