/** `getNFCAdapter`: NDEF tags, by the shell. Browsers know no other technology of tags. */
import type { ApiContext, Implementations } from './context';
import { type Arguments, fail, prepareEnd, type Settle } from './outcome';

type Listener = (detail: unknown) => void;

const technologies = {
  ndef: 'NDEF',
  nfcA: 'NFC-A',
  nfcB: 'NFC-B',
  isoDep: 'ISO-DEP',
  nfcF: 'NFC-F',
  nfcV: 'NFC-V',
  mifareClassic: 'MIFARE Classic',
  mifareUltralight: 'MIFARE Ultralight',
} as const;

export function nfcApis(context: ApiContext): Pick<Implementations, 'syncs'> {
  const { bridge, host, reporter } = context;
  const listeners = new Set<Listener>();
  let listening = false;
  /** A member of an object that is called like an API. */
  const call = (name: string, run: (args: Arguments, settle: Settle) => void) => (options?: object) => {
    const later = (callback: () => void) => host.queueMicrotask(callback);
    const { args, settle, result } = prepareEnd(name, { ...options }, reporter, later);
    run(args, settle);
    return result;
  };
  const shell = (name: string, api: string) =>
    call(name, (args, settle) => {
      bridge.call(api, args, 0, (result) => {
        if (result.ok) settle(result);
        else settle({ ok: false, failure: { ...result.failure, errMsg: result.failure.errMsg.replace(api, name) } });
      });
    });
  const done = (name: string) => call(name, (_args, settle) => settle({ ok: true, value: {} }));
  const listen = (listener: unknown) => {
    if (typeof listener !== 'function') return;
    listeners.add(listener as Listener);
    if (listening) return;
    listening = true;
    bridge.onEvent('nfc.found', (detail) => {
      for (const each of listeners) reporter.guard('onDiscovered', () => each(detail));
    });
  };
  const forget = (listener?: unknown) => {
    if (listener === undefined) listeners.clear();
    else listeners.delete(listener as Listener);
  };
  let connected = false;
  const ndef = Object.freeze({
    connect: call('NFCTag.connect', (_args, settle) => {
      connected = true;
      settle({ ok: true, value: {} });
    }),
    close: call('NFCTag.close', (_args, settle) => {
      connected = false;
      settle({ ok: true, value: {} });
    }),
    isConnected: call('NFCTag.isConnected', (_args, settle) =>
      settle(connected ? { ok: true, value: {} } : fail('NFCTag.isConnected', 'Tech has not connected')),
    ),
    setTimeout: done('NFCTag.setTimeout'),
    writeNdefMessage: shell('NdefTag.writeNdefMessage', 'nfcWrite'),
    onNdefMessage: listen,
    offNdefMessage: forget,
  });
  const adapter: Record<string, unknown> = {
    tech: technologies,
    startDiscovery: shell('startDiscovery', 'nfcStart'),
    stopDiscovery: shell('stopDiscovery', 'nfcStop'),
    onDiscovered: listen,
    offDiscovered: forget,
    getNdef: () => ndef,
  };
  for (const name of ['IsoDep', 'NfcA', 'NfcB', 'NfcF', 'NfcV', 'MifareClassic', 'MifareUltralight']) {
    adapter[`get${name}`] = () => absentTag(name, call);
  }
  return { syncs: { getNFCAdapter: () => Object.freeze(adapter) } };
}

/** A tag of a technology that browsers do not speak: every call of it says so. */
function absentTag(
  name: string,
  call: (name: string, run: (args: Arguments, settle: Settle) => void) => unknown,
): object {
  const refuse = (method: string) =>
    call(`${name}.${method}`, (_args, settle) =>
      settle({ ok: false, failure: { errMsg: `${name}.${method}:fail not supported on this host`, errCode: 13000 } }),
    );
  const methods = ['connect', 'close', 'isConnected', 'setTimeout', 'transceive', 'getMaxTransceiveLength', 'getAtqa'];
  const tag = Object.fromEntries(
    [...methods, 'getSak', 'getHistoricalBytes'].map((method) => [method, refuse(method)]),
  );
  return Object.freeze(tag);
}
