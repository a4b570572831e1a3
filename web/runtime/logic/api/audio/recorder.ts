/** What `getRecorderManager` gives: one recording at a time, made by the shell (`openRecorder`). */
import type { ApiContext } from '../context';
import type { Arguments } from '../outcome';
import { Listeners } from './listeners';

/** Milliseconds. */
const longest = 600_000;

type State = 'idle' | 'recording' | 'paused';

export class RecorderManager {
  readonly #listeners: Listeners;
  readonly #context: Pick<ApiContext, 'bridge' | 'reporter'>;
  #task: number | undefined;
  #state: State = 'idle';

  constructor(context: Pick<ApiContext, 'bridge' | 'reporter'>) {
    this.#context = context;
    this.#listeners = new Listeners(context.reporter, 'RecorderManager');
  }

  start(options: unknown = {}): void {
    const given = (typeof options === 'object' && options !== null ? options : {}) as Arguments;
    if (this.#state !== 'idle') {
      this.#failed("operateRecorder:fail:audio is recording, don't start record again");
      return;
    }
    const duration = Number(given.duration ?? 60_000);
    if (!(duration > 0) || duration > longest) {
      this.#failed(`operateRecorder:fail duration must be above 0 and at most ${longest} ms`);
      return;
    }
    this.#state = 'recording';
    const { bridge } = this.#context;
    const names = ['sampleRate', 'numberOfChannels', 'encodeBitRate', 'format', 'frameSize', 'audioSource'];
    const wanted = Object.fromEntries(names.filter((name) => name in given).map((name) => [name, given[name]]));
    const task = bridge.call('openRecorder', { ...wanted, duration }, 0, (result) => {
      if (this.#task !== task) return;
      this.#end();
      if (result.ok) this.#listeners.tell('stop', result.value);
      else this.#failed(result.failure.errMsg.replace('openRecorder', 'operateRecorder'));
    });
    this.#task = task;
    bridge.listenToTask(task, (name, detail) => this.#told(name.replace('recorder.', ''), detail));
  }

  pause(): void {
    this.#order('pause', 'recording', 'operateRecorder:fail recorder not start');
  }

  resume(): void {
    this.#order('resume', 'paused', 'operateRecorder:fail recorder not paused');
  }

  stop(): void {
    if (this.#task === undefined) this.#failed('operateRecorder:fail recorder not start');
    else this.#context.bridge.messageTask(this.#task, 'recorder.stop', {});
  }

  onStart(listener: unknown): void {
    this.#listeners.only('start', listener);
  }
  onPause(listener: unknown): void {
    this.#listeners.only('pause', listener);
  }
  onResume(listener: unknown): void {
    this.#listeners.only('resume', listener);
  }
  onStop(listener: unknown): void {
    this.#listeners.only('stop', listener);
  }
  onError(listener: unknown): void {
    this.#listeners.only('error', listener);
  }
  onFrameRecorded(listener: unknown): void {
    this.#listeners.only('frame', listener);
  }
  onInterruptionBegin(listener: unknown): void {
    this.#listeners.only('interruptionBegin', listener);
  }
  onInterruptionEnd(listener: unknown): void {
    this.#listeners.only('interruptionEnd', listener);
  }

  #order(method: 'pause' | 'resume', from: State, failure: string): void {
    if (this.#task === undefined || this.#state !== from) this.#failed(failure);
    else this.#context.bridge.messageTask(this.#task, `recorder.${method}`, {});
  }

  #told(event: string, detail: Record<string, unknown>): void {
    if (event === 'pause') this.#state = 'paused';
    if (event === 'resume') this.#state = 'recording';
    if (event === 'note') this.#context.reporter.warn(String(detail.text));
    else this.#listeners.tell(event, event === 'frame' ? detail : undefined);
  }

  #failed(errMsg: string): void {
    this.#listeners.tell('error', { errMsg });
  }

  #end(): void {
    if (this.#task !== undefined) this.#context.bridge.endTask(this.#task);
    this.#task = undefined;
    this.#state = 'idle';
  }
}
