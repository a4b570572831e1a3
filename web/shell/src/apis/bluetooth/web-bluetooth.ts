/** The part of Web Bluetooth that is used; the browser's own types do not have it. */
export interface BluetoothService extends EventTarget {
  readonly uuid: string;
  readonly isPrimary: boolean;
  getCharacteristics(): Promise<BluetoothCharacteristic[]>;
  getCharacteristic(uuid: string): Promise<BluetoothCharacteristic>;
}

export interface BluetoothCharacteristic extends EventTarget {
  readonly uuid: string;
  readonly value?: DataView;
  readonly properties: {
    readonly read: boolean;
    readonly write: boolean;
    readonly writeWithoutResponse: boolean;
    readonly notify: boolean;
    readonly indicate: boolean;
  };
  readValue(): Promise<DataView>;
  writeValueWithResponse(value: ArrayBuffer): Promise<void>;
  writeValueWithoutResponse(value: ArrayBuffer): Promise<void>;
  startNotifications(): Promise<unknown>;
  stopNotifications(): Promise<unknown>;
}

export interface BluetoothDevice extends EventTarget {
  readonly id: string;
  readonly name?: string;
  readonly gatt?: {
    readonly connected: boolean;
    connect(): Promise<unknown>;
    disconnect(): void;
    getPrimaryServices(): Promise<BluetoothService[]>;
    getPrimaryService(uuid: string): Promise<BluetoothService>;
  };
}

export interface Bluetooth extends EventTarget {
  getAvailability(): Promise<boolean>;
  requestDevice(options: object): Promise<BluetoothDevice>;
}

export function webBluetooth(): Bluetooth | undefined {
  return (navigator as Navigator & { bluetooth?: Bluetooth }).bluetooth;
}
