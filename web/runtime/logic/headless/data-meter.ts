/** Tells the host of every `setData`: how much, and under which keys. */
import { Instance, nodeOf } from '../components/instance';
import type { Native } from './native';

const { stringify } = JSON;

/** Keys are named up to here; what follows is counted in the length. */
const mostKeys = 64;

export function meterData(native: Native): void {
  const { setData } = Instance.prototype;
  const numbers = new WeakMap<object, number>();
  let next = 0;
  const numberOf = (instance: object): number => {
    let number = numbers.get(instance);
    if (number === undefined) {
      number = next++;
      numbers.set(instance, number);
    }
    return number;
  };
  Instance.prototype.setData = function (data, callback) {
    if (typeof data === 'object' && data !== null) {
      const keys = Object.keys(data).slice(0, mostKeys);
      native.dataWritten(nodeOf(this)?.is ?? '', numberOf(this), lengthOf(data), keys.join('\n'));
    }
    setData.call(this, data, callback);
  };
}

function lengthOf(data: object): number {
  try {
    return stringify(data)?.length ?? 0;
  } catch {
    return 0;
  }
}
