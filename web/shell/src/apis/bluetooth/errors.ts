/** How Bluetooth calls fail: the original's words with its numbers. */
import { ApiFailure } from '../../miniapp/failure';

const reasons = {
  10000: 'not init',
  10001: 'not available',
  10002: 'no device',
  10003: 'connection fail',
  10004: 'no service',
  10005: 'no characteristic',
  10006: 'no connection',
  10007: 'property not support',
  10008: 'system error',
  10009: 'system not support',
  10012: 'operate time out',
  10013: 'invalid data',
} as const;
export type BluetoothError = keyof typeof reasons;

export function bluetoothFailure(errCode: BluetoothError, more: object = {}): ApiFailure {
  return new ApiFailure(reasons[errCode], undefined, { errCode, ...more });
}

export function failBluetooth(errCode: BluetoothError, more: object = {}): never {
  throw bluetoothFailure(errCode, more);
}

/** Runs what may fail in the browser's words; an `ApiFailure` stays what it is. */
export async function asBluetooth<T>(otherwise: BluetoothError, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (failure) {
    if (failure instanceof ApiFailure) throw failure;
    if (failure instanceof DOMException && failure.name === 'NetworkError') throw bluetoothFailure(10006);
    if (failure instanceof DOMException && failure.name === 'NotSupportedError') throw bluetoothFailure(10007);
    throw bluetoothFailure(otherwise);
  }
}
