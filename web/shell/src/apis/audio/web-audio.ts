/** The runtime's own calls behind `createWebAudioContext`; runtime/protocol/web-audio.ts has the messages. */
import { type AudioCommand, audioLimits, webAudioRate } from '../../../../runtime/protocol/web-audio';
import { AudioGraph } from '../../audio/graph';
import { type Interruptible, soundAllowed, soundOf } from '../../audio/sound';
import type { CallContext } from '../../miniapp/bridge';
import { fail } from '../../miniapp/failure';

type Args = Record<string, unknown>;

const largestSound = 50 * 1024 * 1024;
/** Milliseconds between two reports of the time, and of an analyser's measurements. */
const timeEvery = 500;
const analysisEvery = 33;
const open = new WeakMap<object, number>();

/** Ends, with an empty answer, when the context is closed. */
export function openWebAudio(context: CallContext): Promise<Args> {
  const { app, id } = context;
  const count = open.get(app) ?? 0;
  if (count >= audioLimits.contexts) fail(`at most ${audioLimits.contexts} audio contexts at a time`);
  open.set(app, count + 1);
  return new Promise((resolve) => {
    const running = new RunningGraph(context);
    const removeSound = soundOf(app).addInterruptible(running);
    const removeTask = app.bridge.addTask(id, (method, args) => {
      if (method === 'webaudio.run') running.run(args.commands);
      else if (method === 'webaudio.close' || method === 'close') {
        running.close();
        removeSound();
        removeTask();
        open.set(app, Math.max(0, (open.get(app) ?? 1) - 1));
        resolve({});
      }
    });
  });
}

export async function decodeAudio(_context: CallContext, { data }: Args): Promise<Args> {
  if (!(data instanceof ArrayBuffer)) return fail('parameter error: audioData should be ArrayBuffer;');
  if (data.byteLength > largestSound) return fail('the sound is larger than 50 MB');
  try {
    const buffer = await new OfflineAudioContext(1, 1, webAudioRate).decodeAudioData(data);
    const channels = Array.from({ length: buffer.numberOfChannels }, (_, channel) => buffer.getChannelData(channel));
    return { sampleRate: buffer.sampleRate, channels };
  } catch (failure) {
    return fail(`Unable to decode audio data: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
}

class RunningGraph implements Interruptible {
  readonly #graph: AudioGraph;
  readonly #timers: ReturnType<typeof setInterval>[];
  #told = new Set<string>();
  #closed = false;
  #wasRunning = false;

  constructor(private readonly call: CallContext) {
    this.#graph = new AudioGraph({
      ended: (node) => this.#tell('ended', { node }),
      process: (node, input, time) => this.#tell('process', { node, input, time }),
    });
    const { context } = this.#graph;
    context.onstatechange = () => this.#tellState();
    this.#timers = [
      setInterval(() => context.state === 'running' && this.#tellState(), timeEvery),
      setInterval(() => context.state === 'running' && this.#tellAnalysis(), analysisEvery),
    ];
    // Without a touch of the user's the browser holds the context back.
    void soundAllowed(() => this.#closed).then(() => {
      if (!this.#closed && context.state === 'suspended') void context.resume();
    });
    this.#tellState();
  }

  run(commands: unknown): void {
    if (!Array.isArray(commands)) return;
    for (const command of commands as unknown[]) {
      try {
        if (typeof command === 'object' && command !== null) this.#graph.run(command as AudioCommand);
      } catch (failure) {
        this.#warn(failure instanceof Error ? failure.message : String(failure));
      }
    }
  }

  interrupt(): void {
    this.#wasRunning = this.#graph.context.state === 'running';
    if (this.#wasRunning) void this.#graph.context.suspend();
  }

  resume(): void {
    if (this.#wasRunning) void this.#graph.context.resume();
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#graph.context.onstatechange = null;
    void this.#graph.context.close();
  }

  #tellState(): void {
    const { state, currentTime } = this.#graph.context;
    this.#tell('state', { state: state === 'running' ? 'running' : 'suspended', currentTime });
  }

  #tellAnalysis(): void {
    for (const [node, analyser] of this.#graph.watched) {
      const frequency = new Float32Array(analyser.frequencyBinCount);
      const time = new Float32Array(analyser.fftSize);
      analyser.getFloatFrequencyData(frequency);
      analyser.getFloatTimeDomainData(time);
      this.#tell('analysis', { node, frequency, time });
    }
  }

  #tell(event: string, detail: Args): void {
    if (!this.#closed) this.call.app.bridge.event(`webaudio.${event}`, detail, this.call.id);
  }

  /** Each complaint once: a graph that is wrong is wrong many times a second. */
  #warn(reason: string): void {
    if (this.#told.has(reason) || this.#told.size > 50) return;
    this.#told.add(reason);
    this.call.app.consoleLine('logic', 'warn', `WebAudioContext: ${reason}`);
  }
}
