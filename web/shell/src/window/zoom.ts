/** Bringing a picture closer: two fingers, a double tap, the wheel; a near picture is moved by one finger. */

interface Point {
  x: number;
  y: number;
}

const nearest = 5;
const doubleTapScale = 2.5;
/** A finger that moves less has tapped. */
const slop = 8;

export class Zoom {
  #scale = 1;
  #x = 0;
  #y = 0;
  readonly #pointers = new Map<number, Point>();
  #start: Point = { x: 0, y: 0 };
  #moved = false;

  constructor(private readonly picture: () => HTMLElement | null) {}

  get scale(): number {
    return this.#scale;
  }

  reset(): void {
    this.#pointers.clear();
    this.#set(1, 0, 0);
  }

  down(event: PointerEvent): void {
    if (this.#pointers.size === 0) {
      this.#start = { x: event.clientX, y: event.clientY };
      this.#moved = false;
    } else this.#moved = true;
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  /** True once this is no tap any more. */
  move(event: PointerEvent): boolean {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) return false;
    const now = { x: event.clientX, y: event.clientY };
    if (Math.hypot(now.x - this.#start.x, now.y - this.#start.y) > slop) this.#moved = true;
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    if (other !== undefined) {
      const ratio = distance(now, other) / Math.max(1, distance(before, other));
      this.#around(ratio, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    } else if (this.#scale > 1) this.#set(this.#scale, this.#x + now.x - before.x, this.#y + now.y - before.y);
    return this.#moved;
  }

  /** True where it was a tap. */
  up(event: PointerEvent): boolean {
    const known = this.#pointers.delete(event.pointerId);
    if (this.#pointers.size === 0 && this.#scale < 1.02) this.#set(1, 0, 0);
    return known && this.#pointers.size === 0 && !this.#moved;
  }

  toggle(at: { clientX: number; clientY: number }): void {
    if (this.#scale > 1) this.#set(1, 0, 0);
    else this.#around(doubleTapScale, { x: at.clientX, y: at.clientY });
  }

  by(ratio: number): void {
    const box = this.picture()?.getBoundingClientRect();
    if (box === undefined) return;
    this.#around(ratio, { x: box.left + box.width / 2, y: box.top + box.height / 2 });
  }

  /** Scales so that what is under `point` stays there. */
  #around(ratio: number, point: Point): void {
    const box = this.picture()?.getBoundingClientRect();
    if (box === undefined) return;
    const scale = Math.min(nearest, Math.max(1, this.#scale * ratio));
    const actual = scale / this.#scale;
    const x = this.#x + (point.x - box.left) * (1 - actual);
    const y = this.#y + (point.y - box.top) * (1 - actual);
    this.#set(scale, x, y);
  }

  #set(scale: number, x: number, y: number): void {
    this.#scale = scale;
    const picture = this.picture();
    // No edge of the picture comes further in than it lies at rest.
    const width = picture?.offsetWidth ?? 0;
    const height = picture?.offsetHeight ?? 0;
    this.#x = scale === 1 ? 0 : Math.min(0, Math.max(width * (1 - scale), x));
    this.#y = scale === 1 ? 0 : Math.min(0, Math.max(height * (1 - scale), y));
    if (picture === null) return;
    picture.style.transform = scale === 1 ? '' : `translate(${this.#x}px, ${this.#y}px) scale(${scale})`;
    picture.parentElement?.classList.toggle('near', scale > 1);
  }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
