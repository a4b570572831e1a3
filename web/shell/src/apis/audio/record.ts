/**
 * The runtime's own call behind `getRecorderManager` and `startRecord`: opens the microphone, tells what it hears by
 * `recorder.*`, and ends with a temporary file.
 */
import { type Capture, captureEncoded, captureSamples, encodedType } from '../../audio/capture';
import { Framer } from '../../audio/pcm';
import { soundOf } from '../../audio/sound';
import type { CallContext } from '../../miniapp/bridge';
import { fail } from '../../miniapp/failure';
import type { MiniApp } from '../../miniapp/mini-app';

type Args = Record<string, unknown>;

const rates = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];
const longest = 600_000;
const recording = new WeakSet<MiniApp>();

interface Wish {
  format: 'aac' | 'mp3' | 'wav' | 'PCM';
  sampleRate: number;
  channels: number;
  bitsPerSecond: number;
  /** Milliseconds. */
  duration: number;
  /** Bytes; 0 where the app wants no frames. */
  frameSize: number;
}

export async function openRecorder(context: CallContext, args: Args): Promise<Args> {
  const { app } = context;
  const wish = wishOf(args);
  await app.permission.require({ api: 'startRecord', scope: 'scope.record', category: 'microphone' });
  if (recording.has(app)) fail("audio is recording, don't start record again");
  recording.add(app);
  try {
    const stream = await openMicrophone(wish.channels);
    try {
      return await record(context, wish, stream);
    } finally {
      for (const track of stream.getTracks()) track.stop();
    }
  } finally {
    recording.delete(app);
  }
}

async function openMicrophone(channels: number): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { channelCount: channels } });
  } catch (failure) {
    const name = failure instanceof DOMException ? failure.name : '';
    if (name === 'NotAllowedError') return fail('auth deny');
    if (name === 'NotFoundError') return fail('this device has no microphone');
    return fail(`the microphone can not be opened: ${String(failure)}`);
  }
}

async function record(context: CallContext, wish: Wish, stream: MediaStream): Promise<Args> {
  const { app, id } = context;
  const tell = (event: string, detail: Args = {}) => app.bridge.event(`recorder.${event}`, detail, id);
  const framer =
    // What a browser encodes itself has no frames that could be told apart.
    wish.frameSize > 0 && (wish.format === 'wav' || wish.format === 'PCM')
      ? new Framer(wish.frameSize, (frameBuffer, isLastFrame) => tell('frame', { frameBuffer, isLastFrame }))
      : undefined;
  const capture = await open(stream, wish, framer, tell);
  const clock = new Clock(wish.duration);
  const run = new Run(capture, clock, tell);
  const removeTask = app.bridge.addTask(id, (method) => run.order(method));
  const removeSound = soundOf(app).addInterruptible(run);
  if (!app.inFront) run.interrupt();
  tell('start');
  try {
    await run.ended;
    const { blob, extension } = await capture.stop();
    framer?.end();
    const tempFilePath = app.resources.addTemporary(blob, extension);
    return { tempFilePath, duration: Math.round(clock.passed), fileSize: blob.size };
  } finally {
    clock.stop();
    removeSound();
    removeTask();
  }
}

async function open(
  stream: MediaStream,
  wish: Wish,
  framer: Framer | undefined,
  tell: (event: string, detail: Args) => void,
): Promise<Capture> {
  const { format, sampleRate, channels } = wish;
  if (format === 'wav' || format === 'PCM') {
    return captureSamples(stream, { sampleRate, channels, format, heard: (bytes) => framer?.add(bytes) });
  }
  if (format === 'mp3')
    return fail('format mp3 is not supported on this host: no browser encodes it; use wav, PCM or aac');
  const encoded = encodedType((type) => MediaRecorder.isTypeSupported(type));
  if (encoded === undefined) return fail('format aac is not supported by this browser; use wav or PCM');
  if (!encoded.wanted) {
    const text = `this browser has no AAC encoder: the recording is ${encoded.type} in a .${encoded.extension} file`;
    tell('note', { text: `RecorderManager.start: ${text}` });
  }
  return captureEncoded(stream, encoded, wish.bitsPerSecond);
}

/** Time that was recorded, without what was paused; ends the recording at its limit. */
class Clock {
  #before = 0;
  #since: number | undefined = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;
  over: () => void = () => undefined;

  constructor(private readonly limit: number) {
    this.#arm();
  }

  get passed(): number {
    return Math.min(this.limit, this.#before + (this.#since === undefined ? 0 : performance.now() - this.#since));
  }

  stop(): void {
    this.#before = this.passed;
    this.#since = undefined;
    clearTimeout(this.#timer);
  }

  go(): void {
    this.#since ??= performance.now();
    this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.over(), this.limit - this.passed);
  }
}

/** One recording under way: what the app orders, and what the device does to it. */
class Run {
  readonly ended: Promise<void>;
  #end: () => void = () => undefined;
  #paused = false;
  #interrupted = false;

  constructor(
    private readonly capture: Capture,
    private readonly clock: Clock,
    private readonly tell: (event: string) => void,
  ) {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    clock.over = this.#end;
  }

  order(method: string): void {
    if (method === 'recorder.stop' || method === 'close') this.#end();
    else if (method === 'recorder.pause') this.#pause();
    else if (method === 'recorder.resume') this.#resume();
  }

  /** The microphone rests while nobody sees the app. */
  interrupt(): void {
    if (this.#paused) return;
    this.#interrupted = true;
    this.tell('interruptionBegin');
    this.#pause();
  }

  /** The app decides whether to go on. */
  resume(): void {
    if (!this.#interrupted) return;
    this.#interrupted = false;
    this.tell('interruptionEnd');
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.clock.stop();
    void this.capture.pause();
    this.tell('pause');
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.clock.go();
    void this.capture.resume();
    this.tell('resume');
  }
}

function wishOf(args: Args): Wish {
  const format = String(args.format ?? 'aac');
  if (!['aac', 'mp3', 'wav', 'PCM'].includes(format)) fail(`format ${format.slice(0, 20)} is unknown`);
  const sampleRate = Number(args.sampleRate ?? 8000);
  if (!rates.includes(sampleRate)) fail(`sampleRate must be one of ${rates.join(', ')}`);
  const frame = Number(args.frameSize ?? 0);
  return {
    format: format as Wish['format'],
    sampleRate,
    channels: args.numberOfChannels === 1 ? 1 : 2,
    bitsPerSecond: Math.min(320_000, Math.max(8000, Number(args.encodeBitRate ?? 48_000) || 48_000)),
    duration: Math.min(longest, Math.max(1, Number(args.duration ?? 60_000) || 60_000)),
    // WeChat gives the frame's size in KB.
    frameSize: Number.isFinite(frame) && frame > 0 ? Math.round(frame * 1024) : 0,
  };
}
