// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiFailure } from '../miniapp/failure';
import { Gestures } from '../miniapp/gestures';
import type { MiniApp } from '../miniapp/mini-app';
import { type GateSurroundings, Granted, PermissionGate } from './gate';

let number = 0;

function makeGate(surroundings: Partial<GateSurroundings> = {}) {
  number += 1;
  const app = {
    id: `org.example.gate${number}`,
    options: { user: 'ann' },
    inFront: true,
    gestures: new Gestures(),
    bridge: { event: vi.fn() },
    consoleLine: vi.fn(),
    release: { package: { signers: { developer: 'KEY-A', platform: 'P' } } },
  };
  const gate = new PermissionGate(app as unknown as MiniApp, {
    sync: async (_app, grants) => grants,
    policy: () => ({ rules: [] }),
    publishers: () => [],
    ...surroundings,
  });
  gate.declared = {
    permissions: [{ name: 'scope.userLocation', required: false, reason: 'near you' }],
    data: [{ category: 'clipboard', purpose: 'to paste', retention: 'not kept' }],
    development: false,
  };
  return { gate, app };
}

const location = { api: 'getLocation', scope: 'scope.userLocation', category: 'location' };
const clipboard = { api: 'getClipboardData', category: 'clipboard' };
const prompted = (gate: PermissionGate) =>
  vi.waitFor(() => {
    if (gate.prompt === undefined) throw new Error('no prompt');
    return gate.prompt;
  });
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (failure: unknown) => (failure instanceof ApiFailure ? [failure.reason, failure.errno] : failure),
  );

beforeEach(() => {
  vi.useRealTimers();
});

describe('the gate', () => {
  it('asks once, and lets through what was allowed', async () => {
    const { gate } = makeGate();
    const first = gate.require(location);
    const second = gate.require(location);
    (await prompted(gate)).answer('granted');
    expect(Granted.is(await first) && Granted.is(await second)).toBe(true);
    expect(gate.prompt).toBeUndefined();
    expect(Granted.is(await gate.require(location))).toBe(true);
    expect(gate.authSetting()).toEqual({ 'scope.userLocation': true });
    expect(gate.log.uses('scope.userLocation')?.count).toBe(3);
  });

  it('does not ask again after a refusal, until it is taken back', async () => {
    const { gate } = makeGate();
    const asked = refusal(gate.require(location));
    (await prompted(gate)).answer('refused');
    expect(await asked).toEqual(['auth deny', 103]);
    expect(await refusal(gate.require(location))).toEqual(['auth deny', 103]);
    expect(gate.prompt).toBeUndefined();
    expect(gate.authSetting()).toEqual({ 'scope.userLocation': false });
    await gate.change('scope.userLocation', 'granted');
    expect(Granted.is(await gate.require(location))).toBe(true);
  });

  it('fails the call alone where the prompt is closed without an answer', async () => {
    const { gate } = makeGate();
    const asked = refusal(gate.require(location));
    (await prompted(gate)).answer('dismissed');
    expect(await asked).toEqual(['auth deny', 103]);
    expect(gate.authSetting()).toEqual({});
    const again = gate.require(location);
    (await prompted(gate)).answer('once');
    expect((await again)?.by).toBe('once');
    gate.grants.endOnce();
    expect(gate.judge(location)).toMatchObject({ decision: 'ask' });
  });

  it('lets no app wear its user down', async () => {
    const { gate } = makeGate();
    for (let round = 0; round < 2; round += 1) {
      const asked = refusal(gate.require(location));
      (await prompted(gate)).answer('dismissed');
      await asked;
    }
    expect(await refusal(gate.require(location))).toEqual(['auth deny', 103]);
    expect(gate.prompt).toBeUndefined();
    expect(gate.authSetting(), 'nothing is kept').toEqual({});
  });

  it('tells the developer of what is not declared, once', async () => {
    const { gate, app } = makeGate();
    const record = { api: 'startRecord', scope: 'scope.record', category: 'microphone' };
    expect(await refusal(gate.require(record))).toEqual(['api scope is not declared in the privacy agreement', 112]);
    await refusal(gate.require(record));
    expect(app.consoleLine).toHaveBeenCalledTimes(1);
    expect(app.consoleLine.mock.calls[0]?.[2]).toContain('scope.record');
  });

  it('shows one prompt at a time in the whole shell', async () => {
    const one = makeGate();
    const other = makeGate();
    const first = one.gate.require(location);
    const second = other.gate.require(location);
    const prompt = await prompted(one.gate);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(other.gate.prompt).toBeUndefined();
    prompt.answer('granted');
    await first;
    (await prompted(other.gate)).answer('granted');
    await second;
  });

  it('asks nothing for an app that went to the background while it waited', async () => {
    const one = makeGate();
    const other = makeGate();
    const first = one.gate.require(location);
    const second = refusal(other.gate.require(location));
    const prompt = await prompted(one.gate);
    other.app.inFront = false;
    prompt.answer('granted');
    await first;
    expect(await second).toEqual(['auth deny', 103]);
    expect(other.gate.prompt).toBeUndefined();
  });

  it('answers everything that waits when the app is closed', async () => {
    const { gate } = makeGate();
    const asked = refusal(gate.require(location));
    await prompted(gate);
    gate.close();
    expect(await asked).toEqual(['auth deny', 103]);
    expect(await refusal(gate.require(location))).toEqual(['the mini program is closed', undefined]);
  });

  it('follows the operator', async () => {
    const rule = { id: 'r', apps: [], publishers: [], categories: [], reason: '', permissions: ['scope.userLocation'] };
    const forbidding = makeGate({ policy: () => ({ rules: [{ ...rule, effect: 'forbid' }] }) });
    expect(await refusal(forbidding.gate.require(location))).toEqual(['auth deny', 103]);
    expect(forbidding.app.consoleLine.mock.calls[0]?.[2]).toContain('"r"');
    const giving = makeGate({ policy: () => ({ rules: [{ ...rule, effect: 'grant' }] }) });
    expect((await giving.gate.require(location))?.by).toBe('operator');
  });
});

describe('the data agreement', () => {
  it('is asked for before the data, and not again for a while after a refusal', async () => {
    const { gate } = makeGate();
    const asked = refusal(gate.require(clipboard));
    const prompt = await prompted(gate);
    expect(prompt).toMatchObject({ kind: 'privacy', categories: ['clipboard'] });
    prompt.answer('refused');
    expect(await asked).toEqual(['privacy permission is not authorized', 104]);
    expect(await refusal(gate.require(clipboard))).toEqual(['privacy permission is not authorized', 104]);
    expect(await gate.agree('requirePrivacyAuthorize')).toBe(false);
    expect(gate.prompt).toBeUndefined();
    expect(gate.pendingCategories()).toEqual(['clipboard']);
  });

  it('asks again for a new category alone', async () => {
    const { gate } = makeGate();
    const asked = gate.require(clipboard);
    (await prompted(gate)).answer('granted');
    await asked;
    gate.declared.data.push({ category: 'contacts', purpose: 'to invite', retention: 'a day' });
    expect(gate.pendingCategories()).toEqual(['contacts']);
    const again = gate.require({ api: 'chooseContact', category: 'contacts' });
    expect(await prompted(gate)).toMatchObject({ categories: ['contacts'] });
    gate.prompt?.answer('granted');
    await again;
  });

  it('is the app’s to show, and counts after a tap that is proved', async () => {
    const { gate, app } = makeGate();
    gate.privacy.listen(true);
    const asked = gate.require(clipboard);
    await vi.waitFor(() =>
      expect(app.bridge.event).toHaveBeenCalledWith('privacy.need', { referrer: 'getClipboardData' }),
    );
    expect(gate.privacy.resolve('agree', 'agree'), 'no tap').toBe(false);
    app.gestures.add('a'.repeat(32), 'share');
    expect(await gate.privacy.tapped('a'.repeat(32), 'agree'), 'a tap on another button').toBe(false);
    app.gestures.add('b'.repeat(32), 'agreePrivacyAuthorization');
    expect(await gate.privacy.tapped('b'.repeat(32), 'agree')).toBe(true);
    expect(gate.privacy.resolve('agree', 'other'), 'another button').toBe(false);
    app.gestures.add('c'.repeat(32), 'getPhoneNumber|agreePrivacyAuthorization');
    expect(await gate.privacy.tapped('c'.repeat(32), 'agree')).toBe(true);
    expect(gate.privacy.resolve('agree', 'agree')).toBe(true);
    expect(Granted.is(await asked)).toBe(true);
    expect(gate.notice).toEqual(['clipboard']);
    expect(await app.gestures.take('c'.repeat(32), 'getPhoneNumber'), 'the other half of the button').toBe(true);
    expect(await app.gestures.take('c'.repeat(32)), 'spent').toBe(false);
  });

  it('can be declined in the app’s words', async () => {
    const { gate, app } = makeGate();
    gate.privacy.listen(true);
    const asked = refusal(gate.require(clipboard));
    await vi.waitFor(() => expect(app.bridge.event).toHaveBeenCalled());
    gate.privacy.resolve('exposureAuthorization', '');
    gate.privacy.resolve('disagree', '');
    expect(await asked).toEqual(['privacy permission is not authorized', 104]);
  });
});
