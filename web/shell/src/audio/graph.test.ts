/** What a worker may make the real graph do: nothing that the table of nodes does not list. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { AudioCommand } from '../../../runtime/protocol/web-audio';
import { AudioGraph } from './graph';

class FakeParam {
  value = 0;
  setValueAtTime = vi.fn();
  linearRampToValueAtTime = vi.fn();
}
class FakeNode {
  connect = vi.fn();
  disconnect = vi.fn();
}
class FakeSource extends FakeNode {
  start = vi.fn();
  stop = vi.fn();
  onended: (() => void) | null = null;
}
class FakeBufferSource extends FakeSource {
  buffer: unknown = null;
  loop = false;
  playbackRate = new FakeParam();
}
class FakeOscillator extends FakeSource {
  type = 'sine';
  frequency = new FakeParam();
}
class FakeGain extends FakeNode {
  gain = new FakeParam();
}
class FakeBuffer {
  constructor(
    readonly numberOfChannels: number,
    readonly length: number,
  ) {}
  copyToChannel = vi.fn();
  getChannelData = () => new Float32Array(this.length);
}
let made: { oscillator: FakeOscillator; gain: FakeGain; source: FakeBufferSource };
class FakeContext {
  destination = new FakeNode();
  listener = { positionX: new FakeParam() };
  createOscillator = () => made.oscillator;
  createGain = () => made.gain;
  createBufferSource = () => made.source;
  createBuffer = (channels: number, length: number) => new FakeBuffer(channels, length);
  suspend = vi.fn();
  resume = vi.fn();
}

vi.stubGlobal('AudioContext', FakeContext);
vi.stubGlobal('AudioNode', FakeNode);
vi.stubGlobal('AudioParam', FakeParam);
vi.stubGlobal('AudioScheduledSourceNode', FakeSource);
vi.stubGlobal('AudioBufferSourceNode', FakeBufferSource);

const ended = vi.fn();
let graph: AudioGraph;
/** Commands as a hostile worker might write them. */
const run = (command: object) => graph.run(command as AudioCommand);

beforeEach(() => {
  made = { oscillator: new FakeOscillator(), gain: new FakeGain(), source: new FakeBufferSource() };
  ended.mockClear();
  graph = new AudioGraph({ ended, process: () => undefined });
  run({ op: 'node', id: 2, type: 'oscillator', options: [] });
  run({ op: 'node', id: 3, type: 'gain', options: [] });
  run({ op: 'node', id: 4, type: 'bufferSource', options: [] });
});

it('connects, sets, schedules and starts', () => {
  run({ op: 'connect', from: 2, to: 3, output: 0, input: 0 });
  run({ op: 'connect', from: 2, to: 3, parameter: 'gain', output: 0, input: 0 });
  run({ op: 'property', node: 2, name: 'type', value: 'square' });
  run({ op: 'value', node: 3, parameter: 'gain', value: 0.5 });
  run({ op: 'schedule', node: 3, parameter: 'gain', method: 'linearRampToValueAtTime', args: [0, 1] });
  run({ op: 'start', node: 2, args: [1] });
  expect(made.oscillator.connect.mock.calls).toEqual([
    [made.gain, 0, 0],
    [made.gain.gain, 0],
  ]);
  expect([made.oscillator.type, made.gain.gain.value]).toEqual(['square', 0.5]);
  expect(made.gain.gain.linearRampToValueAtTime).toHaveBeenCalledWith(0, 1);
  expect(made.oscillator.start).toHaveBeenCalledWith(1);
});

it('touches nothing that is not listed', () => {
  const refused: object[] = [
    { op: 'node', id: 2, type: 'gain', options: [] },
    { op: 'node', id: 9, type: 'mediaElementSource', options: [] },
    { op: 'node', id: 9, type: 'constructor', options: [] },
    { op: 'property', node: 2, name: 'onended', value: 'x' },
    { op: 'property', node: 2, name: '__proto__', value: 'x' },
    { op: 'property', node: 2, name: 'type', value: 5 },
    { op: 'value', node: 3, parameter: 'constructor', value: 1 },
    { op: 'value', node: 3, parameter: 'gain', value: Number.NaN },
    { op: 'schedule', node: 3, parameter: 'gain', method: 'valueOf', args: [] },
    { op: 'schedule', node: 3, parameter: 'gain', method: 'setValueAtTime', args: [{}] },
    { op: 'start', node: 3, args: [] },
    { op: 'connect', from: 2, to: 77, output: 0, input: 0 },
    { op: 'connect', from: 1, to: 0, output: 0, input: 0 },
    { op: 'watch', node: 3 },
    { op: 'place', node: 3, method: 'setPosition', args: [1] },
    { op: 'buffer', id: 5, sampleRate: 8000, channels: [[1, 2]] },
    { op: 'close' },
  ];
  for (const command of refused) expect(() => run(command), JSON.stringify(command)).toThrow();
});

it('tells which source ended, and forgets it', () => {
  made.oscillator.onended?.();
  expect(ended).toHaveBeenCalledWith(2);
  expect(() => run({ op: 'start', node: 2, args: [] })).toThrow('the node is gone');
});

it('puts changed samples into the buffer that a source has', () => {
  const samples = { op: 'buffer', sampleRate: 8000, channels: [new Float32Array(4)] };
  run({ ...samples, id: 5 });
  run({ op: 'use', node: 4, buffer: 5 });
  const first = made.source.buffer as FakeBuffer;
  run({ ...samples, id: 6 });
  run({ op: 'use', node: 4, buffer: 6 });
  expect(made.source.buffer).toBe(first);
  expect(first.copyToChannel).toHaveBeenCalledTimes(2);
  run({ ...samples, id: 7, channels: [new Float32Array(8)] });
  expect(() => run({ op: 'use', node: 4, buffer: 7 })).toThrow('another buffer');
});

it('bounds what buffers may take', () => {
  const huge = new Float32Array(0);
  Object.defineProperty(huge, 'length', { value: 65 * 1024 * 1024 });
  expect(() => run({ op: 'buffer', id: 5, sampleRate: 8000, channels: [huge] })).toThrow('too many samples');
});
