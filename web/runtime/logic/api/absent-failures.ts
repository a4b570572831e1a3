/** How APIs that a host does not have fail in the original: by a number beside the words. */
import type { CallResult } from '../bridge/bridge';
import { errorNumbers } from './outcome';

const numbers: readonly (readonly [RegExp, number])[] = [
  // Bluetooth LE: the system does not carry it.
  [/^(openBluetoothAdapter|.*BLE.*|.*Bluetooth.*)$/, 10009],
  [/^(start|stop)BeaconDiscovery$|^getBeacons$/, 11000],
  [/Wifi/, 12001],
  [/HCE|NFC|NdefMessage/, 13000],
];

export function absentFailure(api: string): CallResult {
  const errCode = numbers.find(([names]) => names.test(api))?.[1];
  const failure = { errMsg: `${api}:fail not supported on this host`, errno: errorNumbers.notSupported };
  return { ok: false, failure: errCode === undefined ? failure : { ...failure, errCode } };
}
