/** One column of rows that turns under a mark. Rows are the children of `content`; all have the mark's height. */
import { motion } from '../../view/motion';
import { trackDrag } from '../drag';

export interface WheelCallbacks {
  /** The user begins to turn it. */
  started?(): void;
  /** It came to rest on another row, or on the same (`changed` false). */
  stopped(index: number, changed: boolean): void;
  /** The finger left it: it will come to rest on this row. */
  decided?(index: number): void;
  /** It passes a row while it turns. */
  passed?(index: number): void;
}

export class Wheel {
  index = 0;
  #offset = 0;
  #from = 0;
  #run = 0;
  #wheelDelta = 0;
  #restedAt = 0;

  constructor(
    private readonly group: HTMLElement,
    private readonly content: HTMLElement,
    private readonly indicator: HTMLElement,
    private readonly callbacks: WheelCallbacks,
  ) {
    trackDrag(group, {
      axis: 'y',
      accepts: () => this.#count > 0,
      start: () => {
        this.#run += 1;
        this.#from = this.#offset;
        callbacks.started?.();
      },
      move: (_x, deltaY) => this.#place(this.#from - deltaY / this.rowHeight),
      end: (_x, velocity) => this.#settle(this.#offset - (velocity * 200) / this.rowHeight),
    });
    group.addEventListener('click', (event) => {
      const middle = group.getBoundingClientRect().top + group.clientHeight / 2;
      this.step(Math.round((event.clientY - middle) / this.rowHeight));
    });
    group.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
  }

  get rowHeight(): number {
    return Math.max(1, this.indicator.offsetHeight);
  }

  /** Puts a row under the mark without telling anyone. */
  set(index: number, animated: boolean): void {
    this.index = this.#bound(index);
    this.#restedAt = this.index;
    void this.#turnTo(this.index, animated ? 200 : 0);
  }

  /** Rows or sizes changed. */
  refresh(): void {
    const height = this.rowHeight;
    this.content.style.setProperty('--picker-view-column-indicator-height', `${height}px`);
    this.index = this.#bound(this.index);
    this.#place(this.index);
  }

  step(rows: number): void {
    if (rows === 0 || this.#count === 0) return;
    this.callbacks.started?.();
    this.#settle(this.index + rows);
  }

  get #count(): number {
    return this.content.childElementCount;
  }

  #bound(index: number): number {
    return Math.max(0, Math.min(this.#count - 1, Math.round(index)));
  }

  #settle(offset: number): void {
    const target = this.#bound(offset);
    this.callbacks.decided?.(target);
    void this.#turnTo(target, 250).then((arrived) => {
      if (!arrived) return;
      const changed = target !== this.#restedAt;
      this.#restedAt = target;
      this.callbacks.stopped(target, changed);
    });
  }

  async #turnTo(target: number, duration: number): Promise<boolean> {
    this.#run += 1;
    const run = this.#run;
    const from = this.#offset;
    await motion(from === target ? 0 : duration, (done) => {
      if (run === this.#run) this.#place(from + (target - from) * done);
    });
    return run === this.#run;
  }

  #place(offset: number): void {
    const bounded = Math.max(-1, Math.min(this.#count, offset));
    this.#offset = bounded;
    const top = this.group.clientHeight / 2 - this.rowHeight / 2 - bounded * this.rowHeight;
    this.content.style.transform = `translateY(${top}px)`;
    const passing = this.#bound(bounded);
    if (passing === this.index) return;
    this.index = passing;
    this.callbacks.passed?.(passing);
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    this.#wheelDelta += event.deltaY;
    const rows = Math.trunc(this.#wheelDelta / 40);
    this.#wheelDelta -= rows * 40;
    this.step(rows);
  }
}
