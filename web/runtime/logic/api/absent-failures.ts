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

/** The original's words to an app that may not ask: the platform knows no telephone numbers. */
const noPermission: ReadonlySet<string> = new Set(['getPhoneNumber', 'getRealtimePhoneNumber']);
const noPermissionNumber = 102;

export function absentFailure(api: string): CallResult {
  if (noPermission.has(api)) {
    return { ok: false, failure: { errMsg: `${api}:fail no permission`, errno: noPermissionNumber } };
  }
  const errCode = numbers.find(([names]) => names.test(api))?.[1];
  const failure = { errMsg: `${api}:fail not supported on this host`, errno: errorNumbers.notSupported };
  return { ok: false, failure: errCode === undefined ? failure : { ...failure, errCode } };
}
