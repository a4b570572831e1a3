/** Sounds and recordings as an app sees them; the shell's side is answered by the test. */
import { expect, test, vi } from 'vitest';
import { Bridge } from '../../bridge/bridge';
import { FakeHost } from '../../testing/fake-host';
import { FakePort } from '../../testing/fake-port';
import type { ApiContext } from '../context';
import { audioApis } from './index';

type Message =
  | { k: 'call'; id: number; api: string; args: Record<string, unknown> }
  | { k: 'task'; task: number; method: string; args: Record<string, unknown> };

function start() {
  const port = new FakePort<Message>();
  const bridge = new Bridge(port, () => {});
  const host = new FakeHost();
  const warn = vi.fn();
  const reporter = { guard: (_what: string, run: () => void) => run(), warn };
  const apis = audioApis({ bridge, host, reporter, pages: { current: undefined } } as unknown as ApiContext);
  const orders = () => port.of('task').map(({ method, args }) => [method.split('.')[1], args]);
  const event = (name: string, detail: object = {}, task = 1) => port.deliver({ k: 'event', name, task, detail });
  const result = (ok: boolean, more: object, id = 1) => port.deliver({ k: 'result', id, ok, ...more });
  return { port, host, apis, orders, event, result, warn };
}

interface Sound {
  src: string;
  volume: number;
  autoplay: boolean;
  readonly currentTime: number | undefined;
  readonly duration: number | undefined;
  readonly paused: boolean | undefined;
  title: string;
  play(): void;
  pause(): void;
  stop(): void;
  seek(position: number): void;
  destroy(): void;
  onPlay(listener: () => void): void;
  offPlay(listener?: () => void): void;
  onError(listener: (failure: unknown) => void): void;
  onEnded(listener: () => void): void;
}

const inner = (apis: ReturnType<typeof start>['apis']) => apis.syncs.createInnerAudioContext?.() as Sound;

test('a sound is ordered from the shell, and what it tells is heard', () => {
  const { apis, port, orders, event } = start();
  const audio = inner(apis);
  expect([audio.paused, audio.duration, audio.currentTime, audio.volume]).toEqual([true, 0, 0, 1]);
  audio.play();
  expect(port.posted).toEqual([]);
  audio.src = '/a.mp3';
  audio.volume = 3;
  audio.play();
  audio.seek(4);
  expect(port.of('call')).toMatchObject([{ api: 'openPlayer', args: { kind: 'inner' } }]);
  expect(orders()).toEqual([
    ['set', { src: '/a.mp3' }],
    ['set', { volume: 1 }],
    ['play', {}],
    ['seek', { position: 4 }],
  ]);
  const played = vi.fn();
  const other = vi.fn();
  audio.onPlay(played);
  audio.onPlay(other);
  audio.offPlay(other);
  event('player.play', { currentTime: 0, duration: 10, paused: false });
  expect(played).toHaveBeenCalledOnce();
  expect(other).not.toHaveBeenCalled();
  expect([audio.paused, audio.duration]).toEqual([false, 10]);
});

test('time runs on between two reports, and not for long without one', () => {
  const { apis, host, event } = start();
  const audio = inner(apis);
  audio.src = '/a.mp3';
  event('player.timeUpdate', { currentTime: 2, duration: 10, paused: false });
  host.pass(400);
  expect(audio.currentTime).toBeCloseTo(2.4);
  host.pass(5000);
  expect(audio.currentTime).toBeCloseTo(3);
  event('player.pause', { currentTime: 2.5, duration: 10, paused: true });
  host.pass(400);
  expect(audio.currentTime).toBe(2.5);
});

test('failures are told, a destroyed sound does nothing', () => {
  const { apis, orders, event, result, port } = start();
  const audio = inner(apis);
  const failed = vi.fn();
  audio.onError(failed);
  audio.src = '/none.mp3';
  event('player.error', { errCode: 10_003, errMsg: 'errCode:10003, err:gone', paused: true });
  expect(failed).toHaveBeenCalledWith({ errCode: 10_003, errMsg: 'errCode:10003, err:gone' });
  result(false, { errMsg: 'openPlayer:fail too many sounds at once' });
  expect(failed).toHaveBeenLastCalledWith({ errCode: -1, errMsg: 'openPlayer:fail too many sounds at once' });
  audio.play();
  expect(port.of('call')).toHaveLength(2);
  audio.destroy();
  const before = orders().length;
  audio.play();
  audio.src = '/b.mp3';
  expect(orders()).toHaveLength(before);
});

test('background audio needs a title, plays at once, and is not there before', () => {
  const { apis, orders, event } = start();
  const audio = apis.syncs.getBackgroundAudioManager?.() as Sound;
  expect(apis.syncs.getBackgroundAudioManager?.()).toBe(audio);
  expect([audio.paused, audio.currentTime, audio.duration]).toEqual([undefined, undefined, undefined]);
  const failed = vi.fn();
  audio.onError(failed);
  audio.src = '/a.mp3';
  expect(failed).toHaveBeenCalledWith({ errCode: 10_001, errMsg: 'setBackgroundAudioState:fail title is nil!' });
  expect(orders()).toEqual([]);
  audio.title = 'Now';
  audio.src = '/a.mp3';
  expect(orders()).toMatchObject([
    ['set', { title: 'Now', src: '/a.mp3' }],
    ['play', {}],
  ]);
  event('player.play', { currentTime: 0, duration: 3, paused: false });
  expect(audio.paused).toBe(false);
});

test('the older background APIs speak of the same sound', () => {
  const { apis, orders, event } = start();
  const ended: unknown[] = [];
  const call = (name: string, args: Record<string, unknown> = {}) =>
    apis.calls[name]?.(args, (result) => ended.push(result.ok && result.value));
  const heard = vi.fn();
  apis.events.onBackgroundAudioPlay?.on(heard);
  call('getBackgroundAudioPlayerState');
  call('playBackgroundAudio', { dataUrl: '/a.mp3', title: 'Song' });
  event('player.play', { currentTime: 1, duration: 4, buffered: 2, paused: false });
  call('getBackgroundAudioPlayerState');
  call('seekBackgroundAudio', { position: 2 });
  expect(heard).toHaveBeenCalledOnce();
  expect(ended[0]).toEqual({ status: 2 });
  expect(ended[2]).toMatchObject({ status: 1, duration: 4, downloadPercent: 50, dataUrl: '/a.mp3' });
  expect(orders().at(-1)).toEqual(['seek', { position: 2 }]);
});

test('one recording at a time, with the words of the original', () => {
  const { apis, port, event, result, warn } = start();
  const recorder = apis.syncs.getRecorderManager?.() as Record<string, (value?: unknown) => void>;
  const heard: unknown[] = [];
  for (const name of ['onStart', 'onStop', 'onPause', 'onError', 'onFrameRecorded']) {
    recorder[name]?.((detail: unknown) => heard.push([name, detail]));
  }
  recorder.stop?.();
  recorder.start?.({ duration: 700_000 });
  recorder.start?.({ format: 'wav', sampleRate: 16_000, secret: 1 });
  expect(port.of('call')).toMatchObject([
    { api: 'openRecorder', args: { format: 'wav', sampleRate: 16_000, duration: 60_000 } },
  ]);
  expect(port.of('call')[0]?.args).not.toHaveProperty('secret');
  recorder.start?.();
  recorder.resume?.();
  event('recorder.start');
  event('recorder.frame', { frameBuffer: new ArrayBuffer(2), isLastFrame: false });
  event('recorder.note', { text: 'no AAC' });
  recorder.pause?.();
  event('recorder.pause');
  recorder.resume?.();
  result(true, { value: { tempFilePath: 'wxfile://tmp_1.wav', duration: 900, fileSize: 44 } });
  expect(heard).toEqual([
    ['onError', { errMsg: 'operateRecorder:fail recorder not start' }],
    ['onError', { errMsg: 'operateRecorder:fail duration must be above 0 and at most 600000 ms' }],
    ['onError', { errMsg: "operateRecorder:fail:audio is recording, don't start record again" }],
    ['onError', { errMsg: 'operateRecorder:fail recorder not paused' }],
    ['onStart', undefined],
    ['onFrameRecorded', { frameBuffer: new ArrayBuffer(2), isLastFrame: false }],
    ['onPause', undefined],
    ['onStop', { tempFilePath: 'wxfile://tmp_1.wav', duration: 900, fileSize: 44 }],
  ]);
  expect(port.of('task').map(({ method }) => method)).toEqual(['recorder.pause', 'recorder.resume']);
  expect(warn).toHaveBeenCalledWith('no AAC');
  recorder.start?.();
  result(false, { errMsg: 'openRecorder:fail auth deny' }, 2);
  expect(heard.at(-1)).toEqual(['onError', { errMsg: 'operateRecorder:fail auth deny' }]);
});

test('a voice is played to its end, startRecord ends with its file', () => {
  const { apis, event, result, orders } = start();
  const ended: string[] = [];
  const call = (name: string, args: Record<string, unknown> = {}) =>
    apis.calls[name]?.(args, (outcome) => ended.push(`${name} ${outcome.ok ? 'ok' : outcome.failure.errMsg}`));
  call('playVoice', { filePath: 'wxfile://tmp_1.wav' });
  expect(ended).toEqual([]);
  event('player.ended', { currentTime: 1, duration: 1, paused: true });
  expect(ended).toEqual(['playVoice ok']);
  expect(orders().map(([method]) => method)).toEqual(['set', 'play', 'destroy']);
  call('stopRecord');
  call('startRecord');
  call('startRecord');
  call('stopRecord');
  result(true, { value: { tempFilePath: 'wxfile://tmp_2.m4a', duration: 1, fileSize: 1 } }, 2);
  expect(ended.slice(1)).toEqual([
    'stopRecord stopRecord:fail recorder not start',
    "startRecord startRecord:fail audio is recording, don't start record again",
    'stopRecord ok',
    'startRecord ok',
  ]);
});
