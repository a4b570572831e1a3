/** Pull-to-refresh of a scroll-view: three dots in a strip that opens above the content. */
import { motion } from '../../view/motion';
import { part } from '../component';
import { trackDrag } from '../drag';
import type { ScrollValues } from './scroll-view';

type Emit = (type: string, detail: Record<string, unknown>) => void;

export class Refresher {
  readonly #strip: HTMLElement;
  #height = 0;
  #from = 0;
  #refreshing = false;

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
      accepts: (_x, deltaY) => values.refresherEnabled && scroller.scrollTop <= 0 && deltaY > 0,
      start: () => {
        this.#from = this.#height;
      },
      move: (_x, deltaY) => {
        this.#show(Math.max(0, this.#from + deltaY / 2));
        this.emit('refresherpulling', { deltaY: this.#height, dy: this.#height });
      },
      end: () => this.#release(),
    });
  }

  trigger(): void {
    if (this.#refreshing) return;
    this.#refreshing = true;
    this.#strip.classList.add('mz-refreshing');
    void this.#moveTo(this.values.refresherThreshold);
    this.emit('refresherrefresh', { deltaY: this.#height, dy: this.#height });
  }

  close(): void {
    if (!this.#refreshing) return;
    this.#refreshing = false;
    this.#strip.classList.remove('mz-refreshing');
    this.emit('refresherrestore', { deltaY: this.#height, dy: this.#height });
    void this.#moveTo(0);
  }

  #release(): void {
    if (this.#height >= this.values.refresherThreshold) this.trigger();
    else {
      this.emit('refresherabort', { deltaY: this.#height, dy: this.#height });
      void this.#moveTo(this.#refreshing ? this.values.refresherThreshold : 0);
    }
  }

  #moveTo(height: number): Promise<void> {
    const from = this.#height;
    return motion(200, (done) => this.#show(from + (height - from) * done));
  }

  #show(height: number): void {
    this.#height = height;
    const { refresherDefaultStyle, refresherBackground } = this.values;
    this.#strip.style.height = `${height}px`;
    this.#strip.style.backgroundColor = refresherBackground;
    this.#strip.classList.toggle('mz-light', refresherDefaultStyle === 'white');
    this.#strip.classList.toggle('mz-plain', refresherDefaultStyle === 'none');
    this.scroller.classList.toggle('mz-pulled', height > 0);
  }
}
