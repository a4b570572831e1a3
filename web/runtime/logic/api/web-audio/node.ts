/** Nodes of an audio graph, made from the table of their types. */
import { type AudioNodeName, audioNodes, type NodeType } from '../../../protocol/web-audio';
import { AudioBuffer, bufferState } from './buffer';
import { AudioParameter, type Post, parameterPlace } from './parameter';

export interface NodeParts {
  post: Post;
  /** The buffer's number, once the shell has its samples as they are now. */
  say(buffer: AudioBuffer): number;
  guard(what: string, run: () => void): void;
}

export interface Analysis {
  frequency: Float32Array;
  time: Float32Array;
}

/** For the runtime only. */
export let nodeNumber: (node: AudioNode) => number;
export let nodeEnded: (node: AudioNode) => void;
export let nodeAnalysed: (node: AudioNode, analysis: Analysis) => void;

export class AudioNode {
  static {
    nodeNumber = (node) => node.#id;
    nodeEnded = (node) => node.#ended();
    nodeAnalysed = (node, analysis) => {
      node.#analysis = analysis;
    };
  }

  readonly #parts: NodeParts;
  readonly #id: number;
  readonly #type: AudioNodeName;
  #buffer: AudioBuffer | null = null;
  #curve: Float32Array | null = null;
  #analysis: Analysis | undefined;
  #watched = false;
  #listener: unknown = null;

  constructor(parts: NodeParts, id: number, type: AudioNodeName) {
    this.#parts = parts;
    this.#id = id;
    this.#type = type;
    const { parameters, properties, source, placed }: NodeType = audioNodes[type];
    for (const [name, value] of Object.entries(parameters)) {
      const parameter = new AudioParameter(parts.post, id, name, value);
      Object.defineProperty(this, name, { value: parameter, enumerable: true });
    }
    for (const [name, value] of Object.entries(properties)) this.#addProperty(name, value);
    if (source === true) {
      this.#addSource();
      this.#addEnded();
    }
    if (placed === true) this.#addPlace();
    if (type === 'bufferSource') this.#addBuffer();
    if (type === 'waveShaper') this.#addCurve();
    if (type === 'analyser') this.#addAnalysis();
    if (type === 'oscillator') this.#add('setPeriodicWave', (wave: PeriodicWave) => this.#setWave(wave));
  }

  /** To a node, which is returned, or to a parameter. */
  connect(destination: unknown, output = 0, input = 0): unknown {
    const { post } = this.#parts;
    if (destination instanceof AudioParameter) {
      const { node, name } = parameterPlace(destination);
      post({ op: 'connect', from: this.#id, to: node, parameter: name, output, input: 0 });
      return undefined;
    }
    if (!(destination instanceof AudioNode)) throw new TypeError('connect: the destination is no audio node');
    post({ op: 'connect', from: this.#id, to: destination.#id, output, input });
    return destination;
  }

  disconnect(destination?: unknown): void {
    const to = destination instanceof AudioNode ? { to: destination.#id } : {};
    this.#parts.post({ op: 'disconnect', from: this.#id, ...to });
  }

  #add(name: string, value: unknown): void {
    Object.defineProperty(this, name, { value, enumerable: true });
  }

  #addProperty(name: string, initial: number | string | boolean): void {
    let current = initial;
    Object.defineProperty(this, name, {
      enumerable: true,
      get: () => current,
      set: (value: unknown) => {
        if (typeof value !== typeof initial) return;
        current = value as typeof initial;
        this.#parts.post({ op: 'property', node: this.#id, name, value: current });
      },
    });
  }

  #addSource(): void {
    const order =
      (op: 'start' | 'stop') =>
      (...args: unknown[]) => {
        if (op === 'start' && this.#type === 'bufferSource') this.#useBuffer();
        const times = args.filter((value) => value !== undefined).map(Number);
        if (times.some((value) => !Number.isFinite(value) || value < 0)) {
          throw new RangeError(`${op}: times must be 0 or more`);
        }
        this.#parts.post({ op, node: this.#id, args: times });
      };
    this.#add('start', order('start'));
    this.#add('stop', order('stop'));
  }

  #addPlace(): void {
    for (const method of ['setPosition', 'setOrientation'] as const) {
      this.#add(method, (...args: unknown[]) =>
        this.#parts.post({ op: 'place', node: this.#id, method, args: args.map(Number) }),
      );
    }
  }

  #addBuffer(): void {
    Object.defineProperty(this, 'buffer', {
      enumerable: true,
      get: () => this.#buffer,
      set: (value: unknown) => {
        this.#buffer = value instanceof AudioBuffer ? value : null;
        this.#useBuffer();
      },
    });
  }

  #useBuffer(): void {
    const buffer = this.#buffer;
    // Unchanged since it was set: the shell has it.
    const known = buffer !== null && !bufferState(buffer).changed;
    if (known && this.#used === buffer) return;
    this.#used = buffer;
    this.#parts.post({ op: 'use', node: this.#id, buffer: buffer === null ? null : this.#parts.say(buffer) });
  }

  #used: AudioBuffer | null = null;

  #addCurve(): void {
    Object.defineProperty(this, 'curve', {
      enumerable: true,
      get: () => this.#curve,
      set: (value: unknown) => {
        this.#curve = value === null || value === undefined ? null : Float32Array.from(value as ArrayLike<number>);
        this.#parts.post({ op: 'curve', node: this.#id, curve: this.#curve });
      },
    });
  }

  #setWave({ real, imag, normal }: PeriodicWave): void {
    this.#parts.post({ op: 'wave', node: this.#id, real, imag, normal });
  }

  /** What the shell measured last; the first question begins the measuring. */
  #addAnalysis(): void {
    const own = this as unknown as { fftSize: number; minDecibels: number; maxDecibels: number };
    const latest = () => {
      if (!this.#watched) {
        this.#watched = true;
        this.#parts.post({ op: 'watch', node: this.#id });
      }
      return this.#analysis;
    };
    Object.defineProperty(this, 'frequencyBinCount', { enumerable: true, get: () => own.fftSize / 2 });
    this.#add('getFloatFrequencyData', (into: Float32Array) =>
      fill(into, latest()?.frequency, Number.NEGATIVE_INFINITY),
    );
    this.#add('getFloatTimeDomainData', (into: Float32Array) => fill(into, latest()?.time, 0));
    this.#add('getByteFrequencyData', (into: Uint8Array) => {
      const { minDecibels, maxDecibels } = own;
      const scale = (value: number) => (255 / (maxDecibels - minDecibels)) * (value - minDecibels);
      fill(into, latest()?.frequency.map(scale).map(byte), 0);
    });
    this.#add('getByteTimeDomainData', (into: Uint8Array) =>
      fill(
        into,
        latest()?.time.map((value) => byte(128 * (1 + value))),
        128,
      ),
    );
  }

  /** A property to the standard, a function that takes a listener to the dialect's typings: it is both. */
  #addEnded(): void {
    const listen = (listener: unknown) => {
      this.#listener = listener;
    };
    Object.defineProperty(this, 'onended', {
      enumerable: true,
      get: () => (typeof this.#listener === 'function' ? this.#listener : listen),
      set: listen,
    });
  }

  #ended(): void {
    const listener = this.#listener;
    if (typeof listener !== 'function') return;
    this.#parts.guard('AudioNode.onended', () => listener.call(this, { type: 'ended' }));
  }
}

/** What `createPeriodicWave` gives. */
export class PeriodicWave {
  readonly real: Float32Array;
  readonly imag: Float32Array;
  readonly normal: boolean;

  constructor(real: ArrayLike<number>, imag: ArrayLike<number>, constraints?: { disableNormalization?: unknown }) {
    this.real = Float32Array.from(real);
    this.imag = Float32Array.from(imag);
    this.normal = constraints?.disableNormalization !== true;
  }
}

function byte(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(255, Math.max(0, Math.floor(value)));
}

function fill(into: Float32Array | Uint8Array, from: Float32Array | undefined, otherwise: number): void {
  for (let index = 0; index < into.length; index += 1) into[index] = from?.[index] ?? otherwise;
}
