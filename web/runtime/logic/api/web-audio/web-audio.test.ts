/** The graph that an app makes, as the shell is told of it. */
import { expect, test, vi } from 'vitest';
import type { AudioCommand } from '../../../protocol/web-audio';
import { Bridge } from '../../bridge/bridge';
import { FakeHost } from '../../testing/fake-host';
import { FakePort } from '../../testing/fake-port';
import type { AudioBuffer } from './buffer';
import { type AudioContextParts, WebAudioContext } from './context';

type Message =
  | { k: 'call'; id: number; api: string; args: Record<string, unknown> }
  | { k: 'task'; task: number; method: string; args: { commands: AudioCommand[] } };
// biome-ignore lint/suspicious/noExplicitAny: nodes have the members of their type, as apps see them
type Node = any;

function start() {
  const port = new FakePort<Message>();
  const bridge = new Bridge(port, () => {});
  const host = new FakeHost();
  const reporter = { guard: (_what: string, run: () => void) => run(), warn: vi.fn() };
  const context = new WebAudioContext({ bridge, host, reporter } as unknown as AudioContextParts);
  const commands = async () => {
    await Promise.resolve();
    return port.of('task').flatMap(({ args }) => args.commands ?? []);
  };
  const tell = (name: string, detail: object) =>
    port.deliver({ k: 'event', name: `webaudio.${name}`, task: 1, detail });
  return { port, host, context, commands, tell };
}

test('commands of one turn go together, in order', async () => {
  const { context, commands, port } = start();
  const oscillator = context.createOscillator() as Node;
  const gain = context.createGain() as Node;
  gain.gain.value = 0.2;
  gain.gain.linearRampToValueAtTime(0, 2);
  oscillator.type = 'square';
  oscillator.type = 5;
  expect(oscillator.connect(gain)).toBe(gain);
  gain.connect(context.destination);
  oscillator.connect(gain.gain);
  oscillator.start(0.5);
  expect(await commands()).toEqual([
    { op: 'resume' },
    { op: 'node', id: 2, type: 'oscillator', options: [] },
    { op: 'node', id: 3, type: 'gain', options: [] },
    { op: 'value', node: 3, parameter: 'gain', value: 0.2 },
    { op: 'schedule', node: 3, parameter: 'gain', method: 'linearRampToValueAtTime', args: [0, 2] },
    { op: 'property', node: 2, name: 'type', value: 'square' },
    { op: 'connect', from: 2, to: 3, output: 0, input: 0 },
    { op: 'connect', from: 3, to: 0, output: 0, input: 0 },
    { op: 'connect', from: 2, to: 3, parameter: 'gain', output: 0, input: 0 },
    { op: 'start', node: 2, args: [0.5] },
  ]);
  expect(port.of('task')).toHaveLength(1);
  expect(oscillator.type).toBe('square');
  expect(() => oscillator.connect({})).toThrow(TypeError);
  expect(() => oscillator.start(-1)).toThrow(RangeError);
});

test('time and state are what the shell said last', () => {
  const { context, host, tell } = start();
  expect(context.state).toBe('suspended');
  const changed = vi.fn();
  context.onstatechange = changed;
  tell('state', { state: 'running', currentTime: 1 });
  host.pass(250);
  expect([context.state, context.currentTime]).toEqual(['running', 1.25]);
  expect(changed).toHaveBeenCalledOnce();
  tell('state', { state: 'suspended', currentTime: 1.3 });
  host.pass(250);
  expect(context.currentTime).toBe(1.3);
});

test('samples are told once, and again after the app could have written into them', async () => {
  const { context, commands } = start();
  const buffer = context.createBuffer(1, 4, 44_100);
  const one = context.createBufferSource() as Node;
  one.buffer = buffer;
  one.start();
  const other = context.createBufferSource() as Node;
  other.buffer = buffer;
  const uses = async () => (await commands()).filter(({ op }) => op === 'buffer' || op === 'use').map(({ op }) => op);
  expect(await uses()).toEqual(['buffer', 'use', 'use']);
  buffer.getChannelData(0)[1] = 0.5;
  other.start();
  expect(await uses()).toEqual(['buffer', 'use', 'use', 'buffer', 'use']);
  const copy = new Float32Array(2);
  buffer.copyFromChannel(copy, 0, 1);
  expect(copy[0]).toBe(0.5);
  expect(() => buffer.getChannelData(3)).toThrow(RangeError);
});

test('sounds are decoded by the shell, with callbacks and promises', async () => {
  const { context, port } = start();
  const good = vi.fn();
  const promise = context.decodeAudioData(new ArrayBuffer(4), good);
  const call = port.of('call').find(({ api }) => api === 'decodeAudio');
  const channels = [new Float32Array([0, 1])];
  port.deliver({ k: 'result', id: call?.id, ok: true, value: { channels, sampleRate: 8000 } });
  const buffer: AudioBuffer = await promise;
  expect([buffer.length, buffer.sampleRate, buffer.numberOfChannels, buffer.duration]).toEqual([2, 8000, 1, 2 / 8000]);
  expect(good).toHaveBeenCalledWith(buffer);
  const bad = vi.fn();
  const failing = context.decodeAudioData(new ArrayBuffer(4), undefined, bad);
  port.deliver({ k: 'result', id: port.of('call').at(-1)?.id, ok: false, errMsg: 'decodeAudio:fail no' });
  await expect(failing).rejects.toThrow('decodeAudio:fail no');
  expect(bad).toHaveBeenCalledOnce();
});

test('analysers answer what was measured last, sources end, processors answer blocks', async () => {
  const { context, commands, tell } = start();
  const analyser = context.createAnalyser() as Node;
  analyser.fftSize = 32;
  expect(analyser.frequencyBinCount).toBe(16);
  const bytes = new Uint8Array(2);
  analyser.getByteTimeDomainData(bytes);
  expect([...bytes]).toEqual([128, 128]);
  tell('analysis', { node: 2, frequency: new Float32Array([-30, -100]), time: new Float32Array([1, -1]) });
  analyser.getByteFrequencyData(bytes);
  expect([...bytes]).toEqual([255, 0]);
  analyser.getByteTimeDomainData(bytes);
  expect([...bytes]).toEqual([255, 0]);
  const source = context.createConstantSource() as Node;
  source.onended = vi.fn();
  tell('ended', { node: 3 });
  expect(source.onended).toHaveBeenCalledOnce();
  const processor = context.createScriptProcessor(256, 1, 1) as Node;
  processor.onaudioprocess = ({ inputBuffer, outputBuffer }: Node) => {
    outputBuffer.getChannelData(0).set(inputBuffer.getChannelData(0).map((value: number) => value * 2));
  };
  tell('process', { node: 4, input: [new Float32Array([0.25, 0.5])], time: 1 });
  const all = await commands();
  expect(all.filter(({ op }) => op === 'watch')).toEqual([{ op: 'watch', node: 2 }]);
  expect(all.at(-1)).toEqual({ op: 'processed', node: 4, output: [new Float32Array([0.5, 1])] });
});

test('a closed context makes nothing more', async () => {
  const { context, port } = start();
  await context.close();
  expect(port.of('task').at(-1)?.method).toBe('webaudio.close');
  expect(context.state).toBe('closed');
  expect(() => context.createGain()).toThrow('closed');
});
