/** What `createWebAudioContext` gives. Commands of one turn go to the shell together. */
import { type AudioCommand, type AudioNodeName, webAudioRate } from '../../../protocol/web-audio';
import type { ApiContext } from '../context';
import { AudioBuffer, bufferSaid, bufferState } from './buffer';
import { type Analysis, AudioNode, type NodeParts, nodeAnalysed, nodeEnded, nodeNumber, PeriodicWave } from './node';

type State = 'suspended' | 'running' | 'closed';

export type AudioContextParts = Pick<ApiContext, 'bridge' | 'host' | 'reporter'>;

export class WebAudioContext {
  readonly sampleRate = webAudioRate;
  readonly destination: AudioNode;
  readonly listener: AudioNode;
  #changed: unknown = null;
  readonly #parts: AudioContextParts;
  readonly #node: NodeParts;
  readonly #nodes = new Map<number, AudioNode>();
  readonly #buffers = new WeakMap<AudioBuffer, number>();
  readonly #processors = new Map<number, ScriptProcessor>();
  readonly #task: number;
  #commands: AudioCommand[] = [];
  #next = 2;
  #state: State = 'suspended';
  #time = 0;
  #timeAt = 0;

  constructor(parts: AudioContextParts) {
    this.#parts = parts;
    this.#node = {
      post: (command) => this.#post(command),
      say: (buffer) => this.#say(buffer),
      guard: (what, run) => parts.reporter.guard(what, run),
    };
    this.destination = new AudioNode(this.#node, 0, 'destination');
    this.listener = new AudioNode(this.#node, 1, 'listener');
    this.#task = parts.bridge.call('openWebAudio', {}, 0, (result) => {
      if (!result.ok) parts.reporter.warn(`createWebAudioContext: ${result.failure.errMsg}`);
      this.#stateIs('closed');
    });
    parts.bridge.listenToTask(this.#task, (name, detail) => this.#told(name, detail));
    this.#post({ op: 'resume' });
  }

  /** A property to the standard, a function that takes a listener to the dialect's typings: it is both. */
  get onstatechange(): unknown {
    return typeof this.#changed === 'function' ? this.#changed : this.#listen;
  }

  set onstatechange(listener: unknown) {
    this.#changed = listener;
  }

  readonly #listen = (listener: unknown): void => {
    this.#changed = listener;
  };

  get state(): State {
    return this.#state;
  }

  /** Seconds; runs on between two reports of the shell. */
  get currentTime(): number {
    if (this.#state !== 'running') return this.#time;
    return this.#time + Math.max(0, this.#parts.host.now() - this.#timeAt) / 1000;
  }

  createAnalyser = (): AudioNode => this.#make('analyser');
  createBiquadFilter = (): AudioNode => this.#make('biquadFilter');
  createBufferSource = (): AudioNode => this.#make('bufferSource');
  createChannelMerger = (inputs = 6): AudioNode => this.#make('channelMerger', [inputs]);
  createChannelSplitter = (outputs = 6): AudioNode => this.#make('channelSplitter', [outputs]);
  createConstantSource = (): AudioNode => this.#make('constantSource');
  createDelay = (most = 1): AudioNode => this.#make('delay', [most]);
  createDynamicsCompressor = (): AudioNode => this.#make('dynamicsCompressor');
  createGain = (): AudioNode => this.#make('gain');
  createIIRFilter = (forward: number[], back: number[]): AudioNode => this.#make('iirFilter', [forward, back]);
  createOscillator = (): AudioNode => this.#make('oscillator');
  createPanner = (): AudioNode => this.#make('panner');
  createWaveShaper = (): AudioNode => this.#make('waveShaper');
  createPeriodicWave = (real: ArrayLike<number>, imag: ArrayLike<number>, constraints?: object): PeriodicWave =>
    new PeriodicWave(real, imag, constraints);

  createScriptProcessor(size = 1024, inputs = 2, outputs = 2): AudioNode {
    const node = this.#make('scriptProcessor', [size, inputs, outputs]);
    const processor = Object.assign(node, { bufferSize: size, onaudioprocess: null });
    this.#processors.set(nodeNumber(node), { node: processor, outputs });
    return node;
  }

  createBuffer(channels: number, length: number, sampleRate: number): AudioBuffer {
    if (!(channels >= 1 && channels <= 32 && length >= 1 && sampleRate >= 3000 && sampleRate <= 768_000)) {
      throw new RangeError('createBuffer: 1 to 32 channels, 1 sample or more, a rate of 3000 to 768000');
    }
    return new AudioBuffer(
      Array.from({ length: channels }, () => new Float32Array(length)),
      sampleRate,
    );
  }

  decodeAudioData(data: unknown, success?: unknown, failure?: unknown): Promise<AudioBuffer> {
    const { bridge, reporter } = this.#parts;
    const decoded = new Promise<AudioBuffer>((resolve, reject) => {
      bridge.call('decodeAudio', { data }, 0, (result) => {
        if (!result.ok) {
          reject(Object.assign(new Error(result.failure.errMsg), { errMsg: result.failure.errMsg }));
          return;
        }
        // A host without a browser writes its samples as numbers.
        const { channels, sampleRate } = result.value as { channels: ArrayLike<number>[]; sampleRate: number };
        const samples = channels.map((one) => (one instanceof Float32Array ? one : Float32Array.from(one)));
        resolve(new AudioBuffer(samples, sampleRate));
      });
    });
    if (typeof success === 'function' || typeof failure === 'function') {
      decoded.then(
        (buffer) => typeof success === 'function' && reporter.guard('decodeAudioData', () => success(buffer)),
        (reason) => typeof failure === 'function' && reporter.guard('decodeAudioData', () => failure(reason)),
      );
    }
    return decoded;
  }

  suspend(): Promise<void> {
    this.#post({ op: 'suspend' });
    return Promise.resolve();
  }

  resume(): Promise<void> {
    this.#post({ op: 'resume' });
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#flush();
    this.#parts.bridge.messageTask(this.#task, 'webaudio.close', {});
    this.#nodes.clear();
    this.#processors.clear();
    this.#stateIs('closed');
    return Promise.resolve();
  }

  #make(type: AudioNodeName, options: readonly unknown[] = []): AudioNode {
    if (this.#state === 'closed') throw new Error('WebAudioContext: the context is closed');
    const id = this.#next++;
    this.#post({ op: 'node', id, type, options });
    const node = new AudioNode(this.#node, id, type);
    this.#nodes.set(id, node);
    return node;
  }

  #say(buffer: AudioBuffer): number {
    const known = this.#buffers.get(buffer);
    const { changed, channels } = bufferState(buffer);
    if (known !== undefined && !changed) return known;
    const id = this.#next++;
    this.#buffers.set(buffer, id);
    this.#post({ op: 'buffer', id, sampleRate: buffer.sampleRate, channels });
    bufferSaid(buffer);
    return id;
  }

  #post(command: AudioCommand): void {
    if (this.#state === 'closed') return;
    if (this.#commands.length === 0) this.#parts.host.queueMicrotask(() => this.#flush());
    this.#commands.push(command);
  }

  #flush(): void {
    const commands = this.#commands;
    this.#commands = [];
    if (commands.length > 0) this.#parts.bridge.messageTask(this.#task, 'webaudio.run', { commands });
  }

  #told(name: string, detail: Record<string, unknown>): void {
    const id = Number(detail.node);
    if (name === 'webaudio.state') {
      this.#time = Number(detail.currentTime) || 0;
      this.#timeAt = this.#parts.host.now();
      if (detail.state === 'running' || detail.state === 'suspended') this.#stateIs(detail.state);
    } else if (name === 'webaudio.ended') {
      const node = this.#nodes.get(id);
      this.#nodes.delete(id);
      if (node !== undefined) nodeEnded(node);
    } else if (name === 'webaudio.analysis') {
      const node = this.#nodes.get(id);
      if (node !== undefined) nodeAnalysed(node, detail as unknown as Analysis);
    } else if (name === 'webaudio.process') this.#process(id, detail);
  }

  #process(id: number, { input, time }: Record<string, unknown>): void {
    const processor = this.#processors.get(id);
    const handler = processor?.node.onaudioprocess;
    if (processor === undefined || typeof handler !== 'function') return;
    const inputBuffer = new AudioBuffer(input as Float32Array[], webAudioRate);
    const output = Array.from({ length: processor.outputs }, () => new Float32Array(inputBuffer.length));
    const outputBuffer = new AudioBuffer(output, webAudioRate);
    const event = { inputBuffer, outputBuffer, playbackTime: Number(time) };
    this.#parts.reporter.guard('onaudioprocess', () => handler.call(processor.node, event));
    this.#post({ op: 'processed', node: id, output });
  }

  #stateIs(state: State): void {
    if (this.#state === state || this.#state === 'closed') return;
    this.#state = state;
    const changed = this.#changed;
    if (typeof changed === 'function') {
      this.#parts.reporter.guard('onstatechange', () => changed.call(this, { type: 'statechange' }));
    }
  }
}

interface ScriptProcessor {
  node: AudioNode & { onaudioprocess: unknown };
  outputs: number;
}
