/**
 * A sound as the worker knows it: orders go to the shell, which plays it (`openPlayer`), and what it tells is kept, so
 * that an app can read the time at any moment.
 */
import { type ApiContext, callingPage } from '../context';

export interface SoundParts {
  bridge: Pick<ApiContext['bridge'], 'call' | 'listenToTask' | 'endTask' | 'messageTask'>;
  host: Pick<ApiContext['host'], 'now'>;
}

export type Told = (event: string, detail: Record<string, unknown>) => void;

export class Sound {
  #task: number | undefined;
  #time = 0;
  #timeAt = 0;
  #rate = 1;
  duration = 0;
  buffered = 0;
  paused = true;
  ended = false;

  constructor(
    private readonly context: SoundParts & Partial<Pick<ApiContext, 'pages'>>,
    private readonly kind: 'inner' | 'background',
    private readonly told: Told,
  ) {}

  /** Seconds; runs on between two reports of the shell. */
  get currentTime(): number {
    if (this.paused) return this.#time;
    const passed = ((this.context.host.now() - this.#timeAt) / 1000) * this.#rate;
    // A shell that says nothing has stalled: time stands still then.
    const time = this.#time + Math.min(Math.max(0, passed), 1);
    return this.duration > 0 ? Math.min(time, this.duration) : time;
  }

  set(settings: Record<string, unknown>): void {
    if (typeof settings.playbackRate === 'number') this.#rate = settings.playbackRate;
    if ('src' in settings) {
      this.#time = 0;
      this.duration = 0;
      this.buffered = 0;
      this.paused = true;
    }
    this.order('set', settings);
  }

  order(method: 'set' | 'play' | 'pause' | 'stop' | 'seek', args: Record<string, unknown> = {}): void {
    this.context.bridge.messageTask(this.#opened(), `player.${method}`, args);
  }

  destroy(): void {
    if (this.#task === undefined) return;
    this.context.bridge.messageTask(this.#task, 'player.destroy', {});
    this.context.bridge.endTask(this.#task);
    this.#task = undefined;
  }

  #opened(): number {
    if (this.#task !== undefined) return this.#task;
    const { bridge, pages } = this.context;
    const page = pages === undefined ? 0 : callingPage({ pages } as ApiContext);
    const task = bridge.call('openPlayer', { kind: this.kind }, page, (result) => {
      if (result.ok) return;
      this.#task = undefined;
      this.told('error', { errCode: -1, errMsg: result.failure.errMsg });
    });
    this.#task = task;
    bridge.listenToTask(task, (name, detail) => this.#follow(name.replace('player.', ''), detail));
    return task;
  }

  #follow(event: string, detail: Record<string, unknown>): void {
    const { currentTime, duration, buffered, paused } = detail;
    if (typeof currentTime === 'number') {
      this.#time = currentTime;
      this.#timeAt = this.context.host.now();
    }
    if (typeof duration === 'number') this.duration = duration;
    if (typeof buffered === 'number') this.buffered = buffered;
    if (typeof paused === 'boolean') this.paused = paused;
    if (event === 'play') this.ended = false;
    if (event === 'ended') this.ended = true;
    this.told(event, detail);
  }
}
