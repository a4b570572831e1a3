/** Recordings: asked for, rested out of sight, ended by the app, the clock or the app's end. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CallContext, TaskHandler } from '../../miniapp/bridge';
import { ApiFailure } from '../../miniapp/failure';
import { Observable } from '../../observable';
import { openRecorder } from './record';

const capture = vi.hoisted(() => ({
  pause: vi.fn(async () => undefined),
  resume: vi.fn(async () => undefined),
  stop: vi.fn(async () => ({ blob: new Blob(['sound']), extension: 'wav' })),
  heard: (_bytes: Uint8Array) => undefined as unknown,
}));
vi.mock('../../audio/capture', async (original) => ({
  ...(await original<typeof import('../../audio/capture')>()),
  captureSamples: vi.fn(async (_stream: unknown, { heard }: { heard: typeof capture.heard }) => {
    capture.heard = heard;
    return capture;
  }),
}));

const track = { stop: vi.fn() };
const getUserMedia = vi.fn(async (_wanted: object) => ({ getTracks: () => [track] }));

class FakeApp extends Observable {
  inFront = true;
  events: [string, unknown][] = [];
  task: TaskHandler = () => undefined;
  config = { requiredBackgroundModes: [] };
  permission = { require: vi.fn(async (_what: object) => undefined) };
  resources = { addTemporary: (_blob: Blob, extension: string) => `wxfile://tmp_1.${extension}` };
  bridge = {
    event: (name: string, detail: unknown) => void this.events.push([name, detail]),
    addTask: (_id: number, handler: TaskHandler) => {
      this.task = handler;
      return () => undefined;
    },
  };
  whenEnds(): void {}
  names = () => this.events.map(([name]) => name);
}

let app: FakeApp;
const open = (args: Record<string, unknown> = { format: 'wav' }) =>
  openRecorder({ app, id: 3 } as unknown as CallContext, args);
const begun = () => vi.waitFor(() => expect(app.names()).toContain('recorder.start'));

beforeEach(() => {
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  app = new FakeApp();
});
afterEach(() => {
  vi.clearAllMocks();
  getUserMedia.mockImplementation(async () => ({ getTracks: () => [track] }));
});

it('asks first, records, hands frames over, and lets go of the microphone', async () => {
  const recording = open({ format: 'PCM', sampleRate: 16_000, numberOfChannels: 1, frameSize: 1 });
  await begun();
  expect(app.permission.require).toHaveBeenCalledWith({
    api: 'startRecord',
    scope: 'scope.record',
    category: 'microphone',
  });
  expect(getUserMedia).toHaveBeenCalledWith({ audio: { channelCount: 1 } });
  capture.heard(new Uint8Array(1500));
  app.task('recorder.pause', {});
  app.task('recorder.resume', {});
  app.task('recorder.stop', {});
  expect(await recording).toMatchObject({ tempFilePath: 'wxfile://tmp_1.wav', fileSize: 5 });
  expect(app.names()).toEqual([
    'recorder.start',
    'recorder.frame',
    'recorder.pause',
    'recorder.resume',
    'recorder.frame',
  ]);
  expect(app.events.at(-1)?.[1]).toMatchObject({ isLastFrame: true });
  expect(track.stop).toHaveBeenCalledOnce();
});

it('hears nothing while nobody sees the app', async () => {
  const recording = open();
  await begun();
  app.inFront = false;
  app.changed();
  await vi.waitFor(() => expect(app.names()).toContain('recorder.interruptionBegin'));
  expect(capture.pause).toHaveBeenCalledOnce();
  app.inFront = true;
  app.changed();
  await vi.waitFor(() => expect(app.names()).toContain('recorder.interruptionEnd'));
  expect(capture.resume).not.toHaveBeenCalled();
  app.task('close', {});
  await recording;
});

it('ends by itself after the time that was asked for', async () => {
  const result = await open({ format: 'wav', duration: 30 });
  // Timers and the clock round apart.
  expect(Math.abs(Number(result.duration) - 30)).toBeLessThan(15);
});

it('is one at a time, and only in formats that there are', async () => {
  const recording = open();
  await begun();
  await expect(open()).rejects.toThrow("audio is recording, don't start record again");
  app.task('recorder.stop', {});
  await recording;
  await expect(open({ format: 'mp3' })).rejects.toThrow('format mp3 is not supported on this host');
  await expect(open({ format: 'ogg' })).rejects.toThrow('format ogg is unknown');
  await expect(open({ format: 'wav', sampleRate: 7 })).rejects.toThrow('sampleRate must be one of');
});

it('says why there is no microphone', async () => {
  getUserMedia.mockRejectedValueOnce(new DOMException('', 'NotAllowedError'));
  await expect(open()).rejects.toThrow('auth deny');
  getUserMedia.mockRejectedValueOnce(new DOMException('', 'NotFoundError'));
  await expect(open()).rejects.toThrow('this device has no microphone');
  app.permission.require.mockRejectedValueOnce(new ApiFailure('auth deny', 103));
  await expect(open()).rejects.toMatchObject({ errno: 103 });
  expect(getUserMedia).toHaveBeenCalledTimes(2);
});
