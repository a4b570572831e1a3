/**
 * Web Audio, which exists in windows only: the worker describes its graph by commands, the shell keeps the real one.
 *
 * A context is a task of the call `openWebAudio`. Logic sends `webaudio.run` `{ commands }`; the shell tells
 * `webaudio.state` `{ state, currentTime }` (also twice a second while it runs), `webaudio.ended` `{ node }`,
 * `webaudio.analysis` `{ node, frequency, time }` for the analysers that are watched, and `webaudio.process`
 * `{ node, input, time }` for script processors. `decodeAudio` `{ data }` answers `{ sampleRate, channels }`.
 */

/** All contexts have this rate, so that logic knows it without asking. */
export const webAudioRate = 44_100;

export interface NodeType {
  /** Parameters with their defaults. */
  parameters: Readonly<Record<string, number>>;
  /** Plain properties with their defaults. */
  properties: Readonly<Record<string, number | string | boolean>>;
  /** Whether it has `start` and `stop` and ends. */
  source?: true;
  /** Whether it has a place in space (`setPosition`, `setOrientation`). */
  placed?: true;
}

const space = { positionX: 0, positionY: 0, positionZ: 0 };

export const audioNodes = {
  destination: { parameters: {}, properties: {} },
  listener: {
    parameters: { ...space, forwardX: 0, forwardY: 0, forwardZ: -1, upX: 0, upY: 1, upZ: 0 },
    properties: {},
    placed: true,
  },
  analyser: {
    parameters: {},
    properties: { fftSize: 2048, minDecibels: -100, maxDecibels: -30, smoothingTimeConstant: 0.8 },
  },
  biquadFilter: { parameters: { frequency: 350, detune: 0, Q: 1, gain: 0 }, properties: { type: 'lowpass' } },
  bufferSource: {
    parameters: { playbackRate: 1, detune: 0 },
    properties: { loop: false, loopStart: 0, loopEnd: 0 },
    source: true,
  },
  channelMerger: { parameters: {}, properties: {} },
  channelSplitter: { parameters: {}, properties: {} },
  constantSource: { parameters: { offset: 1 }, properties: {}, source: true },
  delay: { parameters: { delayTime: 0 }, properties: {} },
  dynamicsCompressor: {
    parameters: { threshold: -24, knee: 30, ratio: 12, attack: 0.003, release: 0.25 },
    properties: {},
  },
  gain: { parameters: { gain: 1 }, properties: {} },
  iirFilter: { parameters: {}, properties: {} },
  oscillator: { parameters: { frequency: 440, detune: 0 }, properties: { type: 'sine' }, source: true },
  panner: {
    parameters: { ...space, orientationX: 1, orientationY: 0, orientationZ: 0 },
    properties: {
      panningModel: 'equalpower',
      distanceModel: 'inverse',
      refDistance: 1,
      maxDistance: 10_000,
      rolloffFactor: 1,
      coneInnerAngle: 360,
      coneOuterAngle: 360,
      coneOuterGain: 0,
    },
    placed: true,
  },
  scriptProcessor: { parameters: {}, properties: {} },
  waveShaper: { parameters: {}, properties: { oversample: 'none' } },
} as const satisfies Readonly<Record<string, NodeType>>;

export type AudioNodeName = keyof typeof audioNodes;

export const parameterMethods = [
  'setValueAtTime',
  'linearRampToValueAtTime',
  'exponentialRampToValueAtTime',
  'setTargetAtTime',
  'setValueCurveAtTime',
  'cancelScheduledValues',
] as const;

export type ParameterMethod = (typeof parameterMethods)[number];

/** Nodes and buffers go by numbers of logic's choosing; 0 is the destination, 1 the listener. */
export type AudioCommand =
  | { op: 'node'; id: number; type: AudioNodeName; options: readonly unknown[] }
  | { op: 'connect'; from: number; to: number; parameter?: string; output: number; input: number }
  | { op: 'disconnect'; from: number; to?: number }
  | { op: 'property'; node: number; name: string; value: number | string | boolean }
  | { op: 'value'; node: number; parameter: string; value: number }
  | { op: 'schedule'; node: number; parameter: string; method: ParameterMethod; args: readonly unknown[] }
  | { op: 'start' | 'stop'; node: number; args: readonly number[] }
  | { op: 'place'; node: number; method: 'setPosition' | 'setOrientation'; args: readonly number[] }
  | { op: 'buffer'; id: number; sampleRate: number; channels: readonly Float32Array[] }
  | { op: 'use'; node: number; buffer: number | null }
  | { op: 'wave'; node: number; real: Float32Array; imag: Float32Array; normal: boolean }
  | { op: 'curve'; node: number; curve: Float32Array | null }
  | { op: 'watch'; node: number }
  | { op: 'processed'; node: number; output: readonly Float32Array[] }
  | { op: 'suspend' | 'resume' };

export const audioLimits = { contexts: 6, nodes: 10_000, buffers: 2000, bufferSamples: 64 * 1024 * 1024 } as const;
