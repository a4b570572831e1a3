// @vitest-environment happy-dom
/** A central against a browser that a test plays: choosing, connecting, reading, writing, being told. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CallContext } from '../miniapp/bridge';
import { ApiFailure } from '../miniapp/failure';

// The sheet is Lit's, which this test needs nothing of.
vi.mock('../window/forms/bluetooth-form', () => ({
  BluetoothForm: class {
    choose = () => Promise.resolve();
    answer: (answer: unknown) => void = () => undefined;
  },
}));
const { bluetoothApis } = await import('./bluetooth');

const heart = '0000180d-0000-1000-8000-00805f9b34fb';
const rate = '00002a37-0000-1000-8000-00805f9b34fb';

class Characteristic extends EventTarget {
  uuid = rate;
  value: DataView | undefined;
  written: ArrayBuffer[] = [];
  properties = { read: true, write: true, writeWithoutResponse: false, notify: true, indicate: false };
  readValue = () => Promise.resolve(new DataView(Uint8Array.of(9, 7).buffer, 1));
  writeValueWithResponse = async (value: ArrayBuffer) => void this.written.push(value);
  startNotifications = () => Promise.resolve();
  stopNotifications = () => Promise.resolve();
}

function browser() {
  const characteristic = new Characteristic();
  const service = {
    uuid: heart,
    isPrimary: true,
    getCharacteristics: async () => [characteristic],
    getCharacteristic: async (uuid: string) =>
      uuid === rate ? characteristic : Promise.reject(new DOMException('', 'NotFoundError')),
  };
  const gatt = {
    connected: false,
    connect: async () => {
      gatt.connected = true;
    },
    disconnect: () => {
      gatt.connected = false;
    },
    getPrimaryServices: async () => [service],
    getPrimaryService: async (uuid: string) =>
      uuid === heart ? service : Promise.reject(new DOMException('', 'NotFoundError')),
  };
  const device = Object.assign(new EventTarget(), { id: 'd1', name: 'Belt', gatt });
  const requestDevice = vi.fn(async () => device);
  return {
    bluetooth: Object.assign(new EventTarget(), { getAvailability: async () => true, requestDevice }),
    characteristic,
    requestDevice,
  };
}

function app() {
  const told: [string, unknown][] = [];
  const endings: (() => void)[] = [];
  const fake = {
    inFront: true,
    question: undefined as { answer: (agreed: boolean) => void } | undefined,
    bridge: { event: (name: string, detail: unknown) => told.push([name, detail]) },
    whenEnds: (end: () => void) => endings.push(end),
    ask: ({ form }: { form: { choose: () => Promise<void> } }) => form.choose().then(() => true),
  };
  const context = { app: fake } as unknown as CallContext;
  const run = async (api: keyof typeof bluetoothApis, args: object = {}) => {
    try {
      return await bluetoothApis[api](context, args as Record<string, unknown>);
    } catch (failure) {
      if (failure instanceof ApiFailure) return { reason: failure.reason, ...failure.details };
      throw failure;
    }
  };
  return { run, told, end: () => endings.forEach((end) => void end()) };
}

beforeEach(() => vi.stubGlobal('navigator', {}));
afterEach(() => vi.unstubAllGlobals());

it('says what is not there in the numbers of the original', async () => {
  const { run } = app();
  expect(await run('openBluetoothAdapter')).toEqual({ reason: 'system not support', errCode: 10009 });
  expect(await run('getBluetoothDevices')).toEqual({ reason: 'not init', errCode: 10000 });
  vi.stubGlobal('navigator', { bluetooth: { getAvailability: async () => false } });
  expect(await run('openBluetoothAdapter')).toEqual({ reason: 'not available', errCode: 10001, state: 4 });
});

it('goes from choosing a device to its values', async () => {
  const { bluetooth, characteristic, requestDevice } = browser();
  vi.stubGlobal('navigator', { bluetooth });
  const { run, told } = app();
  expect(await run('openBluetoothAdapter')).toEqual({ errCode: 0 });
  expect(await run('startBluetoothDevicesDiscovery', { services: ['180D'] })).toMatchObject({ isDiscovering: true });
  await vi.waitFor(() => expect(told.map(([name]) => name)).toContain('bluetooth.found'));
  expect(requestDevice.mock.calls[0]).toMatchObject([{ filters: [{ services: [heart] }] }]);
  const target = { deviceId: 'd1', serviceId: '180D', characteristicId: '2A37' };
  expect(await run('readBLECharacteristicValue', target)).toMatchObject({ errCode: 10006 });
  expect(await run('createBLEConnection', { deviceId: 'd1' })).toEqual({ errCode: 0 });
  expect(told.at(-1)).toEqual(['bluetooth.connection', { deviceId: 'd1', connected: true }]);
  expect(await run('getBLEDeviceServices', { deviceId: 'd1' })).toMatchObject({
    services: [{ uuid: heart.toUpperCase(), isPrimary: true }],
  });
  expect(await run('readBLECharacteristicValue', target)).toEqual({ errCode: 0 });
  const [, read] = told.at(-1) as [string, { value: ArrayBuffer; characteristicId: string }];
  expect([...new Uint8Array(read.value)]).toEqual([7]);
  expect(read.characteristicId).toBe(rate.toUpperCase());
  const value = Uint8Array.of(1).buffer;
  expect(await run('writeBLECharacteristicValue', { ...target, value })).toEqual({ errCode: 0 });
  expect(characteristic.written).toEqual([value]);
  await run('notifyBLECharacteristicValueChange', { ...target, state: true });
  characteristic.value = new DataView(Uint8Array.of(66).buffer);
  characteristic.dispatchEvent(new Event('characteristicvaluechanged'));
  expect(told.at(-1)?.[0]).toBe('bluetooth.value');
  expect(await run('getBLEDeviceCharacteristics', { deviceId: 'd1', serviceId: 'FFF0' })).toMatchObject({
    errCode: 10004,
  });
  expect(await run('writeBLECharacteristicValue', { ...target, value: 'x' })).toMatchObject({ errCode: 10013 });
});

it('disconnects what an app leaves behind', async () => {
  const { bluetooth } = browser();
  vi.stubGlobal('navigator', { bluetooth });
  const { run, told, end } = app();
  await run('openBluetoothAdapter');
  await run('startBluetoothDevicesDiscovery');
  await vi.waitFor(() => expect(told.map(([name]) => name)).toContain('bluetooth.found'));
  await run('createBLEConnection', { deviceId: 'd1' });
  end();
  expect(await run('getBluetoothAdapterState')).toMatchObject({ errCode: 10000 });
});
