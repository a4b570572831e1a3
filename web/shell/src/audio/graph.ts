/**
 * The real graph of an app's Web Audio context. Commands come from the worker and are not trusted: each is checked, and
 * only members that `audioNodes` lists are ever touched.
 */
import {
  type AudioCommand,
  type AudioNodeName,
  audioLimits,
  audioNodes,
  type NodeType,
  parameterMethods,
  webAudioRate,
} from '../../../runtime/protocol/web-audio';

export interface GraphEvents {
  ended(node: number): void;
  process(node: number, input: Float32Array[], time: number): void;
}

interface Entry {
  type: AudioNodeName;
  /** The listener is no node, but has parameters like one. */
  node: object;
}

type Members = Record<string, unknown>;

export class AudioGraph {
  readonly context: AudioContext;
  /** Analysers whose measurements the app asked for. */
  readonly watched = new Map<number, AnalyserNode>();
  readonly #entries = new Map<number, Entry>();
  readonly #buffers = new Map<number, AudioBuffer>();
  /** What script processors are to play next. */
  readonly #processed = new Map<number, Float32Array[][]>();
  #samples = 0;

  constructor(private readonly events: GraphEvents) {
    this.context = new AudioContext({ sampleRate: webAudioRate });
    this.#entries.set(0, { type: 'destination', node: this.context.destination });
    this.#entries.set(1, { type: 'listener', node: this.context.listener });
  }

  /** Throws where a command can't be carried out, in the browser's words. */
  run(command: AudioCommand): void {
    switch (command.op) {
      case 'node':
        this.#make(command.id, command.type, command.options);
        break;
      case 'connect':
        this.#connect(command);
        break;
      case 'disconnect': {
        const from = this.#node(command.from);
        if (command.to === undefined) from.disconnect();
        else from.disconnect(this.#node(command.to));
        break;
      }
      case 'property':
        this.#property(command.node, command.name, command.value);
        break;
      case 'value':
        this.#parameter(command.node, command.parameter).value = finite(command.value);
        break;
      case 'schedule':
        this.#schedule(command);
        break;
      case 'start':
      case 'stop':
        this.#order(command.node, command.op, command.args);
        break;
      case 'place':
        this.#place(command.node, command.method, command.args);
        break;
      case 'buffer':
        this.#addBuffer(command.id, command.sampleRate, command.channels);
        break;
      case 'use':
        this.#use(command.node, command.buffer);
        break;
      case 'wave': {
        const { real, imag, normal } = command;
        const wave = this.context.createPeriodicWave(samplesOf(real), samplesOf(imag), {
          disableNormalization: !normal,
        });
        (this.#typed(command.node, 'oscillator') as OscillatorNode).setPeriodicWave(wave);
        break;
      }
      case 'curve': {
        const shaper = this.#typed(command.node, 'waveShaper') as WaveShaperNode;
        shaper.curve = command.curve === null ? null : samplesOf(command.curve);
        break;
      }
      case 'watch':
        this.watched.set(command.node, this.#typed(command.node, 'analyser') as AnalyserNode);
        break;
      case 'processed':
        this.#processed.get(command.node)?.push(command.output.map(samplesOf));
        break;
      case 'suspend':
        void this.context.suspend();
        break;
      case 'resume':
        void this.context.resume();
        break;
      default:
        throw new Error('the command is unknown');
    }
  }

  #make(id: number, type: AudioNodeName, options: readonly unknown[]): void {
    if (!Number.isInteger(id) || this.#entries.has(id)) throw new Error('the number of a node is taken');
    if (this.#entries.size >= audioLimits.nodes) throw new Error(`more than ${audioLimits.nodes} nodes`);
    const node = type === 'scriptProcessor' ? this.#makeProcessor(id, options) : make(this.context, type, options);
    this.#entries.set(id, { type, node });
    if (node instanceof AudioScheduledSourceNode) {
      node.onended = () => {
        this.#entries.delete(id);
        this.events.ended(id);
      };
    }
  }

  /** The worker answers each block by the one that is played a little later. */
  #makeProcessor(id: number, [size, inputs, outputs]: readonly unknown[]): ScriptProcessorNode {
    const node = this.context.createScriptProcessor(Number(size), Number(inputs), Number(outputs));
    const waiting: Float32Array[][] = [];
    this.#processed.set(id, waiting);
    node.onaudioprocess = ({ inputBuffer, outputBuffer, playbackTime }) => {
      const input = Array.from({ length: inputBuffer.numberOfChannels }, (_, channel) =>
        inputBuffer.getChannelData(channel).slice(),
      );
      // A worker that falls behind is not to add up a delay.
      if (waiting.length > 4) waiting.splice(0, waiting.length - 2);
      const output = waiting.shift();
      for (let channel = 0; channel < outputBuffer.numberOfChannels; channel += 1) {
        const samples = output?.[channel];
        if (samples?.length === outputBuffer.length)
          outputBuffer.copyToChannel(samples as Float32Array<ArrayBuffer>, channel);
      }
      this.events.process(id, input, playbackTime);
    };
    return node;
  }

  #connect({ from, to, parameter, output, input }: Extract<AudioCommand, { op: 'connect' }>): void {
    if (parameter !== undefined) this.#node(from).connect(this.#parameter(to, parameter), output);
    else this.#node(from).connect(this.#node(to), output, input);
  }

  #property(id: number, name: string, value: unknown): void {
    const { type, node } = this.#entry(id);
    const { properties }: NodeType = audioNodes[type];
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known === undefined || typeof value !== typeof known) throw new Error(`${type} has no such property`);
    (node as Members)[name] = value;
  }

  #schedule({ node, parameter, method, args }: Extract<AudioCommand, { op: 'schedule' }>): void {
    if (!parameterMethods.includes(method)) throw new Error('a parameter has no such method');
    const target = this.#parameter(node, parameter) as unknown as Record<string, (...values: unknown[]) => void>;
    target[method]?.(...args.map((value) => (value instanceof Float32Array ? value : finite(value))));
  }

  #order(id: number, op: 'start' | 'stop', args: readonly number[]): void {
    const { node } = this.#entry(id);
    if (!(node instanceof AudioScheduledSourceNode)) throw new Error(`a node that is no source can not ${op}`);
    const times = args.map(finite);
    if (op === 'stop') node.stop(times[0]);
    else if (node instanceof AudioBufferSourceNode) node.start(...(times.slice(0, 3) as [number?, number?, number?]));
    else node.start(times[0]);
  }

  #place(id: number, method: 'setPosition' | 'setOrientation', args: readonly number[]): void {
    const { type } = this.#entry(id);
    const names = placement[type]?.[method];
    if (names === undefined) throw new Error(`${type} has no place`);
    for (const [index, name] of names.entries()) {
      if (args[index] !== undefined) this.#parameter(id, name).value = finite(args[index]);
    }
  }

  #addBuffer(id: number, sampleRate: number, channels: readonly Float32Array[]): void {
    const length = channels[0]?.length ?? 0;
    this.#samples += length * channels.length;
    if (this.#buffers.size >= audioLimits.buffers || this.#samples > audioLimits.bufferSamples) {
      throw new Error('too many samples in buffers');
    }
    const buffer = this.context.createBuffer(channels.length, length, sampleRate);
    for (const [index, samples] of channels.entries()) buffer.copyToChannel(samplesOf(samples), index);
    this.#buffers.set(id, buffer);
  }

  #use(id: number, buffer: number | null): void {
    const source = this.#typed(id, 'bufferSource') as AudioBufferSourceNode;
    const samples = buffer === null ? null : (this.#buffers.get(buffer) ?? null);
    const before = source.buffer;
    if (before === null || samples === null) source.buffer = samples;
    else replaceSamples(before, samples);
  }

  #entry(id: number): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new Error('the node is gone');
    return entry;
  }

  #node(id: number): AudioNode {
    const { node } = this.#entry(id);
    if (!(node instanceof AudioNode)) throw new Error('the listener is no node');
    return node;
  }

  #typed(id: number, wanted: AudioNodeName): object {
    const { type, node } = this.#entry(id);
    if (type !== wanted) throw new Error(`the node is no ${wanted}`);
    return node;
  }

  #parameter(id: number, name: string): AudioParam {
    const { type, node } = this.#entry(id);
    const { parameters }: NodeType = audioNodes[type];
    const parameter = Object.hasOwn(parameters, name) ? (node as Members)[name] : undefined;
    if (!(parameter instanceof AudioParam)) throw new Error(`${type} has no parameter of that name`);
    return parameter;
  }
}

const placement: Partial<Record<AudioNodeName, Record<'setPosition' | 'setOrientation', readonly string[]>>> = {
  panner: {
    setPosition: ['positionX', 'positionY', 'positionZ'],
    setOrientation: ['orientationX', 'orientationY', 'orientationZ'],
  },
  listener: {
    setPosition: ['positionX', 'positionY', 'positionZ'],
    setOrientation: ['forwardX', 'forwardY', 'forwardZ', 'upX', 'upY', 'upZ'],
  },
};

function make(context: AudioContext, type: AudioNodeName, options: readonly unknown[]): AudioNode {
  const [first, second] = options;
  const count = Number(first);
  const numbers = (value: unknown) => (Array.isArray(value) ? value.map(finite) : []);
  const makers: Partial<Record<AudioNodeName, () => AudioNode>> = {
    analyser: () => context.createAnalyser(),
    biquadFilter: () => context.createBiquadFilter(),
    bufferSource: () => context.createBufferSource(),
    channelMerger: () => context.createChannelMerger(count),
    channelSplitter: () => context.createChannelSplitter(count),
    constantSource: () => context.createConstantSource(),
    delay: () => context.createDelay(count),
    dynamicsCompressor: () => context.createDynamicsCompressor(),
    gain: () => context.createGain(),
    iirFilter: () => context.createIIRFilter(numbers(first), numbers(second)),
    oscillator: () => context.createOscillator(),
    panner: () => context.createPanner(),
    waveShaper: () => context.createWaveShaper(),
  };
  const maker = Object.hasOwn(makers, type) ? makers[type] : undefined;
  if (maker === undefined) throw new Error('there is no such node');
  return maker();
}

/** A source takes one buffer in its life: samples that the app changed since are put into it. */
function replaceSamples(buffer: AudioBuffer, by: AudioBuffer): void {
  if (by.length !== buffer.length || by.numberOfChannels !== buffer.numberOfChannels) {
    throw new Error('a source can not be given another buffer');
  }
  for (let channel = 0; channel < by.numberOfChannels; channel += 1) {
    buffer.copyToChannel(by.getChannelData(channel), channel);
  }
}

function finite(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error('a number must be finite');
  return value;
}

function samplesOf(value: unknown): Float32Array<ArrayBuffer> {
  if (!(value instanceof Float32Array)) throw new Error('samples must be a Float32Array');
  return value as Float32Array<ArrayBuffer>;
}
