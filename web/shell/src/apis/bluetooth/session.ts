/**
 * One app's use of Bluetooth: the adapter that it opened, the devices that its user chose, and what it is told of them.
 *
 * A browser has no open search: the user chooses a device in the browser's own list, and that one is "found".
 */
import type { MiniApp } from '../../miniapp/mini-app';
import { asBluetooth, failBluetooth } from './errors';
import { canonical, shown, standardServices } from './identifiers';
import type { Bluetooth, BluetoothCharacteristic, BluetoothDevice, BluetoothService } from './web-bluetooth';

interface KnownDevice {
  device: BluetoothDevice;
  /** Services that were named when it was chosen, as apps write them. */
  advertised: string[];
  stops: Map<string, () => void>;
}

export class BluetoothSession {
  readonly devices = new Map<string, KnownDevice>();
  discovering = false;
  available: boolean;

  constructor(
    private readonly app: MiniApp,
    private readonly bluetooth: Bluetooth,
    available: boolean,
  ) {
    this.available = available;
    bluetooth.addEventListener('availabilitychanged', this.#changed);
  }

  close(): void {
    this.bluetooth.removeEventListener('availabilitychanged', this.#changed);
    for (const id of this.devices.keys()) this.disconnect(id);
    this.devices.clear();
  }

  state(): { discovering: boolean; available: boolean } {
    return { discovering: this.discovering, available: this.available };
  }

  /** Shows the browser's list; has to be called in a user's gesture. */
  async choose(services: readonly string[]): Promise<void> {
    const filters = services.map((service) => ({ services: [service] }));
    const optionalServices = [...new Set([...services, ...standardServices])];
    const wanted = filters.length > 0 ? { filters } : { acceptAllDevices: true };
    const device = await this.bluetooth.requestDevice({ ...wanted, optionalServices });
    const known = this.devices.get(device.id);
    if (known === undefined) {
      device.addEventListener('gattserverdisconnected', () => this.#told(device.id, false));
      this.devices.set(device.id, { device, advertised: services.map(shown), stops: new Map() });
    }
    this.app.bridge.event('bluetooth.found', { devices: [this.describe(device.id)] });
  }

  describe(id: string): Record<string, unknown> {
    const { device, advertised } = this.#known(id);
    const name = device.name ?? '';
    return {
      deviceId: id,
      name,
      localName: name,
      RSSI: 0,
      advertisData: new ArrayBuffer(0),
      advertisServiceUUIDs: advertised,
      serviceData: {},
      connectable: true,
    };
  }

  async connect(id: string, timeout: number | undefined): Promise<void> {
    const { gatt } = this.#known(id).device;
    if (gatt === undefined) return failBluetooth(10003);
    const patience =
      timeout === undefined
        ? []
        : [
            new Promise<never>((_resolve, reject) =>
              setTimeout(() => reject(new DOMException('', 'TimeoutError')), timeout),
            ),
          ];
    await Promise.race([gatt.connect(), ...patience]).catch((failure: unknown) => {
      gatt.disconnect();
      failBluetooth(failure instanceof DOMException && failure.name === 'TimeoutError' ? 10012 : 10003);
    });
    this.#told(id, true);
  }

  disconnect(id: string): void {
    const known = this.devices.get(id);
    for (const stop of known?.stops.values() ?? []) stop();
    known?.stops.clear();
    known?.device.gatt?.disconnect();
  }

  async services(id: string): Promise<BluetoothService[]> {
    const gatt = this.#connected(id);
    return asBluetooth(10004, () => gatt.getPrimaryServices());
  }

  async service(id: string, uuid: unknown): Promise<BluetoothService> {
    const gatt = this.#connected(id);
    const name = canonical(uuid) ?? failBluetooth(10004);
    return asBluetooth(10004, () => gatt.getPrimaryService(name));
  }

  async characteristic(id: string, service: unknown, uuid: unknown): Promise<BluetoothCharacteristic> {
    const found = await this.service(id, service);
    const name = canonical(uuid) ?? failBluetooth(10005);
    return asBluetooth(10005, () => found.getCharacteristic(name));
  }

  /** Tells the app a value that was read or that came by itself. */
  tellValue(id: string, service: string, characteristic: string, value: DataView): void {
    this.app.bridge.event('bluetooth.value', {
      deviceId: id,
      serviceId: shown(service),
      characteristicId: shown(characteristic),
      value: bytesOf(value),
    });
  }

  async notify(id: string, service: string, found: BluetoothCharacteristic, wanted: boolean): Promise<void> {
    const { stops } = this.#known(id);
    const key = `${service} ${found.uuid}`;
    stops.get(key)?.();
    stops.delete(key);
    if (!wanted) {
      await asBluetooth(10008, () => found.stopNotifications());
      return;
    }
    const listen = () => {
      if (found.value !== undefined) this.tellValue(id, service, found.uuid, found.value);
    };
    found.addEventListener('characteristicvaluechanged', listen);
    stops.set(key, () => found.removeEventListener('characteristicvaluechanged', listen));
    await asBluetooth(10008, () => found.startNotifications());
  }

  isConnected(id: string): boolean {
    return this.devices.get(id)?.device.gatt?.connected === true;
  }

  #known(id: string): KnownDevice {
    return this.devices.get(id) ?? failBluetooth(10002);
  }

  #connected(id: string): NonNullable<BluetoothDevice['gatt']> {
    const { gatt } = this.#known(id).device;
    return gatt?.connected === true ? gatt : failBluetooth(10006);
  }

  #told(deviceId: string, connected: boolean): void {
    this.app.bridge.event('bluetooth.connection', { deviceId, connected });
  }

  readonly #changed = (event: Event) => {
    this.available = (event as Event & { value?: unknown }).value === true;
    this.app.bridge.event('bluetooth.adapter', this.state());
  };
}

export function bytesOf(view: DataView): ArrayBuffer {
  return view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength) as ArrayBuffer;
}
