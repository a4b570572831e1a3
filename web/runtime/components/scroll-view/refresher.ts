/**
 * Pull-to-refresh of a scroll-view: three dots in a strip that opens above the content, or what the app drew for the
 * slot `refresher`, which comes down with the content. Pulled further, a second level opens where that is allowed.
 */
import { motion } from '../../view/motion';
import { part } from '../component';
import { trackDrag } from '../drag';
import type { ScrollValues } from './values';

type Emit = (type: string, detail: Record<string, unknown>) => void;

/** `detail.status` of `refresherstatuschange`. */
const status = {
  idle: 0,
  canRefresh: 1,
  refreshing: 2,
  completed: 3,
  failed: 4,
  canTwoLevel: 5,
  twoLevelOpening: 6,
  twoLeveling: 7,
  twoLevelClosing: 8,
} as const;
type Status = (typeof status)[keyof typeof status];

const openTime = 200;

export class Refresher {
  readonly #strip: HTMLElement;
  #height = 0;
  #from = 0;
  #refreshing = false;
  #twoLevel = false;
  #status: Status = status.idle;

  constructor(
    host: HTMLElement,
    private readonly scroller: HTMLElement,
    private readonly values: ScrollValues,
    private readonly emit: Emit,
  ) {
    this.#strip = part('mz-refresher');
    for (let dot = 0; dot < 3; dot += 1) part('mz-dot', this.#strip);
    scroller.prepend(this.#strip);
    trackDrag(host, {
      axis: 'y',
      accepts: (_x, deltaY) => this.#accepts(deltaY),
      start: () => {
        this.#from = this.#height;
      },
      move: (_x, deltaY) => this.#pull(deltaY),
      end: () => this.#release(),
    });
  }

  trigger(): void {
    if (this.#refreshing) return;
    this.#refreshing = true;
    this.#strip.classList.add('mz-refreshing');
    this.#tell(status.refreshing);
    void this.#moveTo(this.values.refresherThreshold);
    this.emit('refresherrefresh', this.#detail());
  }

  close(): void {
    if (!this.#refreshing) return;
    this.#refreshing = false;
    this.#strip.classList.remove('mz-refreshing');
    this.#tell(status.completed);
    this.emit('refresherrestore', this.#detail());
    void this.#moveTo(0).then(() => this.#tell(status.idle));
  }

  /** `{ duration }`, milliseconds. */
  async openTwoLevel(duration = 400): Promise<void> {
    if (this.#twoLevel || !this.values.refresherTwoLevelEnabled) return;
    this.#twoLevel = true;
    this.#refreshing = false;
    this.#strip.classList.remove('mz-refreshing');
    this.#tell(status.twoLevelOpening);
    await this.#moveTo(this.scroller.clientHeight, duration);
    this.#tell(status.twoLeveling);
  }

  async closeTwoLevel(duration = 400): Promise<void> {
    if (!this.#twoLevel) return;
    this.#tell(status.twoLevelClosing);
    await this.#moveTo(0, duration);
    this.#twoLevel = false;
    this.#tell(status.idle);
  }

  /** The strip's look may have changed. */
  restyle(): void {
    this.#show(this.#height);
  }

  #accepts(deltaY: number): boolean {
    if (!this.values.refresherEnabled || this.scroller.scrollTop > 0) return false;
    return this.#twoLevel ? this.values.refresherTwoLevelScrollEnabled || deltaY < 0 : deltaY > 0;
  }

  #pull(deltaY: number): void {
    const most = this.scroller.clientHeight;
    // Resists more the further it is pulled.
    const pulled = this.#twoLevel ? deltaY : deltaY / 2;
    this.#show(Math.max(0, Math.min(most, this.#from + pulled)));
    this.emit('refresherpulling', this.#detail());
    if (this.#twoLevel || this.#refreshing) return;
    const { refresherThreshold, refresherTwoLevelEnabled, refresherTwoLevelThreshold } = this.values;
    const before = this.#status;
    if (refresherTwoLevelEnabled && this.#height >= refresherTwoLevelThreshold) this.#tell(status.canTwoLevel);
    else if (this.#height >= refresherThreshold) this.#tell(status.canRefresh);
    else this.#tell(status.idle);
    if (before === status.idle && this.#status === status.canRefresh) this.emit('refresherwillrefresh', this.#detail());
  }

  #release(): void {
    if (this.#twoLevel) {
      const back = this.scroller.clientHeight - this.#height;
      if (back >= this.values.refresherTwoLevelCloseThreshold) void this.closeTwoLevel(openTime);
      else void this.#moveTo(this.scroller.clientHeight);
    } else if (this.#status === status.canTwoLevel) void this.openTwoLevel();
    else if (this.#height >= this.values.refresherThreshold) {
      if (this.#refreshing) void this.#moveTo(this.values.refresherThreshold);
      else this.trigger();
    } else {
      this.emit('refresherabort', this.#detail());
      void this.#moveTo(this.#refreshing ? this.values.refresherThreshold : 0);
    }
  }

  #tell(now: Status): void {
    if (now === this.#status) return;
    this.#status = now;
    this.emit('refresherstatuschange', { status: now, dy: this.#height });
  }

  #detail(): Record<string, unknown> {
    return { deltaY: this.#height, dy: this.#height };
  }

  #moveTo(height: number, duration = openTime): Promise<void> {
    const from = this.#height;
    return motion(duration, (done) => this.#show(from + (height - from) * done));
  }

  #show(height: number): void {
    this.#height = height;
    const { refresherDefaultStyle, refresherBackground } = this.values;
    this.#strip.style.height = `${height}px`;
    this.#strip.style.backgroundColor = refresherBackground;
    this.#strip.classList.toggle('mz-light', refresherDefaultStyle === 'white');
    this.#strip.classList.toggle('mz-plain', refresherDefaultStyle === 'none');
    this.scroller.classList.toggle('mz-pulled', height > 0);
    this.scroller.style.setProperty('--mz-pulled', `${height}px`);
  }
}
