/** A parameter of an audio node: set at once, or scheduled; the shell carries out both. */
import type { AudioCommand, ParameterMethod } from '../../../protocol/web-audio';

export type Post = (command: AudioCommand) => void;

export let parameterPlace: (parameter: AudioParameter) => { node: number; name: string };

export class AudioParameter {
  static {
    parameterPlace = (parameter) => ({ node: parameter.#node, name: parameter.#name });
  }

  readonly #post: Post;
  readonly #node: number;
  readonly #name: string;
  readonly defaultValue: number;
  readonly minValue = -3.4028234663852886e38;
  readonly maxValue = 3.4028234663852886e38;
  #value: number;

  constructor(post: Post, node: number, name: string, initial: number) {
    this.#post = post;
    this.#node = node;
    this.#name = name;
    this.defaultValue = initial;
    this.#value = initial;
  }

  /** The value that was set last; where a curve has led it by now, only the shell knows. */
  get value(): number {
    return this.#value;
  }

  set value(value: unknown) {
    const number = Number(value);
    if (!Number.isFinite(number)) throw new TypeError(`AudioParam.value: ${String(value)} is no finite number`);
    this.#value = number;
    this.#post({ op: 'value', node: this.#node, parameter: this.#name, value: number });
  }

  setValueAtTime(value: number, time: number): this {
    return this.#schedule('setValueAtTime', [value, time], value);
  }
  linearRampToValueAtTime(value: number, time: number): this {
    return this.#schedule('linearRampToValueAtTime', [value, time], value);
  }
  exponentialRampToValueAtTime(value: number, time: number): this {
    return this.#schedule('exponentialRampToValueAtTime', [value, time], value);
  }
  setTargetAtTime(target: number, time: number, constant: number): this {
    return this.#schedule('setTargetAtTime', [target, time, constant], target);
  }
  setValueCurveAtTime(values: ArrayLike<number>, time: number, duration: number): this {
    const curve = Float32Array.from(values);
    return this.#schedule('setValueCurveAtTime', [curve, time, duration], curve.at(-1) ?? this.#value);
  }
  cancelScheduledValues(time: number): this {
    return this.#schedule('cancelScheduledValues', [time], this.#value);
  }

  #schedule(method: ParameterMethod, args: readonly unknown[], value: number): this {
    for (const one of args) {
      if (typeof one === 'number' && !Number.isFinite(one))
        throw new TypeError(`AudioParam.${method}: not a finite number`);
    }
    this.#value = value;
    this.#post({ op: 'schedule', node: this.#node, parameter: this.#name, method, args });
    return this;
  }
}
