/** Bluetooth Low Energy as a central, by Web Bluetooth where the browser has it. */
import { text } from '../localization';
import type { CallContext } from '../miniapp/bridge';
import type { MiniApp } from '../miniapp/mini-app';
import { BluetoothForm } from '../window/forms/bluetooth-form';
import { askForm } from './ask-form';
import { asBluetooth, bluetoothFailure, failBluetooth } from './bluetooth/errors';
import { canonical, shown } from './bluetooth/identifiers';
import { BluetoothSession } from './bluetooth/session';
import { webBluetooth } from './bluetooth/web-bluetooth';
import { begin, end } from './running';

type Args = Record<string, unknown>;

const name = 'bluetooth';
const sessions = new WeakMap<MiniApp, BluetoothSession>();

const calls = {
  async openBluetoothAdapter({ app }: CallContext): Promise<void> {
    const bluetooth = webBluetooth();
    if (bluetooth === undefined) failBluetooth(10009);
    const available = await bluetooth.getAvailability().catch(() => false);
    // 4: the adapter is off, in the words of iOS that the original passes on.
    if (!available) failBluetooth(10001, { state: 4 });
    end(app, name);
    const session = new BluetoothSession(app, bluetooth, available);
    sessions.set(app, session);
    begin(app, name, () => {
      session.close();
      sessions.delete(app);
    });
  },
  closeBluetoothAdapter: ({ app }: CallContext): void => {
    opened(app);
    end(app, name);
  },
  getBluetoothAdapterState: ({ app }: CallContext): Args => opened(app).state(),
  async startBluetoothDevicesDiscovery({ app }: CallContext, args: Args): Promise<Args> {
    const session = opened(app);
    const wanted = Array.isArray(args.services) ? args.services.map(canonical) : [];
    const services = wanted.filter((service) => service !== undefined);
    const form = new BluetoothForm();
    form.choose = () => session.choose(services);
    session.discovering = true;
    // The search goes on while the user looks at the list, as the original's does.
    void askForm(app, text('bluetooth.title'), form).then(() => {
      session.discovering = false;
      app.bridge.event('bluetooth.adapter', session.state());
    });
    app.bridge.event('bluetooth.adapter', session.state());
    return { isDiscovering: true };
  },
  stopBluetoothDevicesDiscovery: ({ app }: CallContext): void => {
    opened(app).discovering = false;
    if (app.question?.form instanceof BluetoothForm) app.question.answer(false);
  },
  getBluetoothDevices: ({ app }: CallContext): Args => {
    const session = opened(app);
    return { devices: [...session.devices.keys()].map((id) => session.describe(id)) };
  },
  getConnectedBluetoothDevices: ({ app }: CallContext): Args => {
    const session = opened(app);
    const connected = [...session.devices.values()].filter(({ device }) => session.isConnected(device.id));
    return { devices: connected.map(({ device }) => ({ deviceId: device.id, name: device.name ?? '' })) };
  },
  createBLEConnection: ({ app }: CallContext, args: Args): Promise<void> =>
    opened(app).connect(String(args.deviceId), typeof args.timeout === 'number' ? args.timeout : undefined),
  closeBLEConnection: ({ app }: CallContext, args: Args): void => {
    opened(app).disconnect(String(args.deviceId));
  },
  async getBLEDeviceServices({ app }: CallContext, args: Args): Promise<Args> {
    const services = await opened(app).services(String(args.deviceId));
    return { services: services.map(({ uuid, isPrimary }) => ({ uuid: shown(uuid), isPrimary })) };
  },
  async getBLEDeviceCharacteristics({ app }: CallContext, args: Args): Promise<Args> {
    const service = await opened(app).service(String(args.deviceId), args.serviceId);
    const found = await asBluetooth(10005, () => service.getCharacteristics());
    const characteristics = found.map(({ uuid, properties }) => {
      const { read, write, writeWithoutResponse, notify, indicate } = properties;
      const able = { read, write: write || writeWithoutResponse, notify, indicate };
      return { uuid: shown(uuid), properties: { ...able, writeNoResponse: writeWithoutResponse, writeDefault: write } };
    });
    return { characteristics };
  },
  async readBLECharacteristicValue({ app }: CallContext, args: Args): Promise<void> {
    const { session, id, found, service } = await target(app, args);
    if (!found.properties.read) failBluetooth(10007);
    const value = await asBluetooth(10008, () => found.readValue());
    session.tellValue(id, service, found.uuid, value);
  },
  async writeBLECharacteristicValue({ app }: CallContext, args: Args): Promise<void> {
    const { found } = await target(app, args);
    const { value } = args;
    if (!(value instanceof ArrayBuffer) || value.byteLength > mostBytes) return failBluetooth(10013);
    const { write, writeWithoutResponse } = found.properties;
    if (!write && !writeWithoutResponse) failBluetooth(10007);
    const quietly = args.writeType === 'writeNoResponse' ? writeWithoutResponse : !write;
    await asBluetooth(10008, () =>
      quietly ? found.writeValueWithoutResponse(value) : found.writeValueWithResponse(value),
    );
  },
  async notifyBLECharacteristicValueChange({ app }: CallContext, args: Args): Promise<void> {
    const { session, id, found, service } = await target(app, args);
    if (!found.properties.notify && !found.properties.indicate) failBluetooth(10007);
    await session.notify(id, service, found, args.state !== false);
  },
};

type Call = (context: CallContext, args: Args) => unknown;

/** Each answers with `errCode`, as its failures do. */
export const bluetoothApis = Object.fromEntries(
  Object.entries<Call>(calls).map(([api, run]) => [
    api,
    async (context: CallContext, args: Args) => ({ errCode: 0, ...((await run(context, args)) as Args | undefined) }),
  ]),
) as { [Api in keyof typeof calls]: Call };

/** The longest value that a characteristic may have. */
const mostBytes = 512;

function opened(app: MiniApp): BluetoothSession {
  const session = sessions.get(app);
  if (session === undefined) throw bluetoothFailure(10000);
  return session;
}

async function target(app: MiniApp, args: Args) {
  const session = opened(app);
  const id = String(args.deviceId);
  const service = canonical(args.serviceId);
  if (service === undefined) throw bluetoothFailure(10004);
  return { session, id, service, found: await session.characteristic(id, service, args.characteristicId) };
}
