/**
 * One motion over two things: a head that gives way first (a header that scrolls off, a sheet that grows) and a body
 * that scrolls after it. Together they are one distance: going down the head goes first, going up the body comes back
 * first. So a finger that starts in the body moves both, as nested scrolling and draggable sheets do.
 */
import { motion } from '../../view/motion';
import { trackDrag } from '../drag';
import { type Glide, glide } from '../glide';

export interface Head {
  /** How far it has given way, and how far it can, CSS pixels. */
  position(): number;
  limit(): number;
  place(position: number): void;
  /** The finger left: a head that snaps gives the place to go to, in CSS pixels. Velocity is upwards, pixels a ms. */
  settle?(velocity: number): number | null;
}

export class LinkedScroll {
  #from = 0;
  #glide: Glide | null = null;
  #run = 0;
  readonly #bodies = new WeakSet<HTMLElement>();

  constructor(private readonly head: Head) {}

  /** Follows fingers, mouse and wheel in a body. Following it twice does nothing. */
  follow(body: HTMLElement, allowed: () => boolean = () => true): void {
    if (this.#bodies.has(body)) return;
    this.#bodies.add(body);
    body.style.overscrollBehavior = 'contain';
    trackDrag(body, {
      axis: 'y',
      accepts: (_x, y) => allowed() && this.#room(body, y),
      down: () => this.#stop(),
      start: () => {
        this.#from = this.#position(body);
      },
      move: (_x, y) => this.#place(body, this.#from - y),
      end: (_x, velocity) => this.#release(body, -velocity),
    });
    body.addEventListener(
      'wheel',
      (event) => {
        if (!allowed() || !this.#room(body, -event.deltaY)) return;
        event.preventDefault();
        this.#place(body, this.#position(body) + event.deltaY);
      },
      { passive: false },
    );
  }

  async moveHead(position: number, duration: number): Promise<void> {
    this.#stop();
    const run = this.#run;
    const from = this.head.position();
    await motion(duration, (done) => {
      if (run === this.#run) this.head.place(from + (position - from) * done);
    });
  }

  /** Whatever moves by itself now stays where it is. */
  #stop(): void {
    this.#run += 1;
    this.#glide?.stop();
  }

  #position(body: HTMLElement): number {
    return this.head.position() + body.scrollTop;
  }

  /** Whether there is somewhere to go for a finger that moves by `y`. */
  #room(body: HTMLElement, y: number): boolean {
    if (y > 0) return this.#position(body) > 0;
    return this.head.position() < this.head.limit() || body.scrollTop < body.scrollHeight - body.clientHeight;
  }

  #place(body: HTMLElement, wanted: number): boolean {
    const limit = this.head.limit();
    const most = limit + Math.max(0, body.scrollHeight - body.clientHeight);
    const position = Math.max(0, Math.min(most, wanted));
    this.head.place(Math.min(limit, position));
    body.scrollTop = Math.max(0, position - limit);
    return position === wanted;
  }

  #release(body: HTMLElement, velocity: number): void {
    const snap = body.scrollTop <= 0 ? this.head.settle?.(velocity) : undefined;
    if (typeof snap === 'number') {
      void this.moveHead(snap, 250);
      return;
    }
    this.#glide = glide(velocity, (distance) => this.#place(body, this.#position(body) + distance));
  }
}
