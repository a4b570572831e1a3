/** Comments that run over a video from right to left, in lanes, each at its time or when it is sent. */
import { reducedMotion } from '../../view/motion';
import { part } from '../component';
import { safeColour } from './colour';

interface Comment {
  text: string;
  color: string;
  /** Seconds into the video. */
  time: number;
}

const laneHeight = 24;
/** Seconds for the way across. */
const crossing = 6;
const mostShown = 80;
const longest = 200;

export class Danmu {
  readonly layer: HTMLElement;
  #list: Comment[] = [];
  #on = false;
  #last = 0;
  /** When each lane is free for the next, milliseconds. */
  readonly #free: number[] = [];

  constructor(parent: Node) {
    this.layer = part('wx-video-danmu', parent);
    this.layer.setAttribute('aria-hidden', 'true');
  }

  get on(): boolean {
    return this.#on;
  }

  setList(value: unknown): void {
    this.#list = (Array.isArray(value) ? value.slice(0, 10_000) : []).flatMap((entry) => {
      const comment = commentOf(entry);
      return comment === undefined ? [] : [comment];
    });
  }

  setOn(on: boolean): void {
    this.#on = on;
    if (!on) this.layer.replaceChildren();
  }

  setRunning(running: boolean): void {
    this.layer.classList.toggle('mz-paused', !running);
  }

  /** The video stands at `time`; a jump shows nothing of what lies between. */
  advance(time: number): void {
    const from = this.#last;
    this.#last = time;
    if (!this.#on || time < from || time - from > 2) return;
    for (const comment of this.#list) if (comment.time >= from && comment.time < time) this.#show(comment);
  }

  send(value: unknown): void {
    const comment = commentOf(value);
    if (comment !== undefined && this.#on) this.#show(comment);
  }

  #show({ text, color }: Comment): void {
    if (this.layer.childElementCount >= mostShown) return;
    const { clientWidth: width, clientHeight: height } = this.layer;
    const still = reducedMotion();
    const line = part('wx-video-danmu-item');
    // Before it is measured: an animation without a length would be over by then.
    line.style.animationDuration = `${still ? 3 : crossing}s`;
    this.layer.append(line);
    line.textContent = text;
    line.style.color = color;
    const lane = this.#lane(Math.max(1, Math.floor((height * 0.75) / laneHeight)));
    const way = width + line.offsetWidth;
    this.#free[lane] = performance.now() + ((line.offsetWidth + 16) / way) * crossing * 1000;
    line.style.top = `${lane * laneHeight + 4}px`;
    line.style.left = still ? '12px' : `${width}px`;
    line.style.setProperty('--mz-way', still ? '0px' : `${-way}px`);
    line.addEventListener('animationend', () => line.remove());
  }

  /** A free lane, or the one that is free first. */
  #lane(count: number): number {
    const now = performance.now();
    let best = 0;
    for (let lane = 0; lane < count; lane += 1) {
      if ((this.#free[lane] ?? 0) <= now) return lane;
      if ((this.#free[lane] ?? 0) < (this.#free[best] ?? 0)) best = lane;
    }
    return best;
  }
}

function commentOf(value: unknown): Comment | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { text, color, time } = value as Record<string, unknown>;
  const words = typeof text === 'string' || typeof text === 'number' ? String(text).slice(0, longest) : '';
  if (words === '') return undefined;
  return { text: words, color: safeColour(color) ?? '#ffffff', time: Number(time) || 0 };
}
