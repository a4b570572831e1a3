import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { Grants, type KeptGrant, merge } from './grants';

const grant = (permission: string, state: KeptGrant['state'], changed_at: number, signer = 'KEY-A'): KeptGrant => ({
  permission,
  state,
  signer,
  changed_at,
});

describe('merging answers', () => {
  it('takes the newer one, and of two at once the one that gives less', () => {
    expect(merge([grant('scope.camera', 'granted', 5)], [grant('scope.camera', 'refused', 4)])).toEqual([
      grant('scope.camera', 'granted', 5),
    ]);
    expect(merge([grant('scope.camera', 'granted', 5)], [grant('scope.camera', 'ask', 6)])[0]?.state).toBe('ask');
    expect(merge([grant('scope.camera', 'granted', 5)], [grant('scope.camera', 'refused', 5)])[0]?.state).toBe(
      'refused',
    );
  });

  it('keeps answers to another signer apart', () => {
    expect(merge([grant('scope.camera', 'granted', 5)], [grant('scope.camera', 'refused', 9, 'KEY-B')])).toHaveLength(
      2,
    );
  });
});

describe('the answers on a device', () => {
  const offline = async (): Promise<KeptGrant[]> => Promise.reject(new Error('offline'));

  it('are there again without a network', async () => {
    const first = new Grants('ann', 'org.example.offline', offline);
    await first.load();
    await first.set('scope.camera', 'granted', 'KEY-A');
    await first.set('scope.record', 'once', 'KEY-A');
    const second = new Grants('ann', 'org.example.offline', offline);
    await second.load();
    expect(second.stateOf('scope.camera', 'KEY-A')).toBe('granted');
    expect(second.stateOf('scope.record', 'KEY-A'), 'once is for one run').toBeUndefined();
    expect(second.stateOf('scope.camera', 'KEY-B'), 'another signer').toBeUndefined();
    const other = new Grants('ben', 'org.example.offline', offline);
    await other.load();
    expect(other.all, 'another user').toEqual([]);
  });

  it('go to the account, and take what it knows better', async () => {
    const account: KeptGrant[] = [grant('scope.camera', 'refused', Date.now() + 1_000_000)];
    const sync = vi.fn(async (_app: string, sent: KeptGrant[]) => merge(account, sent));
    const grants = new Grants('ann', 'org.example.account', sync);
    await grants.load();
    await vi.waitFor(() => expect(grants.stateOf('scope.camera', 'KEY-A')).toBe('refused'));
    // An answer of now is newer than any that it replaces, whatever the clocks say.
    await grants.set('scope.camera', 'granted', 'KEY-A');
    expect(grants.stateOf('scope.camera', 'KEY-A')).toBe('granted');
    await vi.waitFor(() => expect(sync).toHaveBeenCalledTimes(2));
  });

  it('let an answer for one run stand before a kept one', async () => {
    const grants = new Grants('ann', 'org.example.once', offline);
    await grants.set('scope.camera', 'refused', 'KEY-A');
    await grants.set('scope.camera', 'once', 'KEY-A');
    expect(grants.stateOf('scope.camera', 'KEY-A')).toBe('once');
    await grants.set('scope.camera', 'ask', 'KEY-A');
    expect(grants.stateOf('scope.camera', 'KEY-A')).toBe('ask');
  });
});
