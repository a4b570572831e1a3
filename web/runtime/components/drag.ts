/**
 * Drags of a finger or a mouse along an axis. A drag is claimed once its direction is clear, by the innermost that
 * wants it; from then on the browser does not scroll for it.
 */
export interface DragOptions {
  axis: 'x' | 'y' | 'both';
  /** Fingers are the browser's own business here. */
  mouseOnly?: boolean;
  /** Who drags, for those that may drag at the same time as others: their own name, and the names of those. */
  together?(): Together;
  /** For a drag that something else carries out (the browser's own scrolling): whether that may go on. */
  watches?(): boolean | undefined;
  /** Asked once, when the direction is clear. */
  accepts(deltaX: number, deltaY: number): boolean;
  /** The finger went down; nothing is claimed yet. */
  down?(clientX: number, clientY: number): void;
  start?(clientX: number, clientY: number): void;
  move(deltaX: number, deltaY: number, clientX: number, clientY: number): void;
  /** Velocity in CSS pixels a millisecond. */
  end(velocityX: number, velocityY: number): void;
  /** The finger left or went another way before the drag was claimed, or somebody else claimed it. */
  lost?(): void;
}

export interface Together {
  name: string;
  with: readonly string[];
}

interface Drag {
  x: number;
  y: number;
  state: 'open' | 'claimed' | 'lost';
  trail: { x: number; y: number; time: number }[];
}

/** Who claimed the drag that an event is part of. */
const claims = new WeakMap<Event, Together[]>();
const nobody: Together = { name: '', with: [] };
const claimAfter = 6;

/** Set by the page: a claimed drag is no tap. */
let dragClaimed: () => void = () => undefined;
export function onDragClaimed(listener: () => void): void {
  dragClaimed = listener;
}

export function trackDrag(host: HTMLElement, options: DragOptions): void {
  let drag: Drag | null = null;
  const begin = (x: number, y: number) => {
    drag = { x, y, state: 'open', trail: [{ x, y, time: performance.now() }] };
    options.down?.(x, y);
  };
  const move = (event: Event, x: number, y: number) => {
    if (drag === null || drag.state === 'lost') return;
    if (drag.state === 'open') decide(drag, options, event, x, y);
    if (drag.state !== 'claimed') return;
    const watched = options.watches?.();
    if (watched === undefined) claim(event, options);
    if (watched !== true && event.cancelable) event.preventDefault();
    drag.trail.push({ x, y, time: performance.now() });
    if (drag.trail.length > 6) drag.trail.shift();
    options.move(x - drag.x, y - drag.y, x, y);
  };
  const end = () => {
    const ended = drag;
    drag = null;
    if (ended?.state === 'open') options.lost?.();
    if (ended?.state !== 'claimed') return;
    const { x, y } = velocity(ended);
    options.end(x, y);
  };
  if (!options.mouseOnly) {
    host.addEventListener('touchstart', (event) => one(event, begin), { passive: true });
    host.addEventListener('touchmove', (event) => one(event, (x, y) => move(event, x, y)), { passive: false });
    host.addEventListener('touchend', end);
    host.addEventListener('touchcancel', end);
  }
  host.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch' || event.button !== 0) return;
    begin(event.clientX, event.clientY);
    followMouse(move, end);
  });
  host.addEventListener('dragstart', (event) => event.preventDefault());
}

function decide(drag: Drag, options: DragOptions, event: Event, x: number, y: number): void {
  const deltaX = x - drag.x;
  const deltaY = y - drag.y;
  const lose = () => {
    drag.state = 'lost';
    options.lost?.();
  };
  if (!mayJoin(event, options)) {
    lose();
    return;
  }
  if (Math.hypot(deltaX, deltaY) < claimAfter) return;
  const along = options.axis === 'both' || Math.abs(deltaX) >= Math.abs(deltaY) === (options.axis === 'x');
  if (!along || !options.accepts(deltaX, deltaY)) {
    lose();
    return;
  }
  drag.state = 'claimed';
  // Motion starts from here, so that what is dragged does not jump by the distance it took to decide.
  const share = claimAfter / Math.hypot(deltaX, deltaY);
  drag.x += deltaX * share;
  drag.y += deltaY * share;
  dragClaimed();
  options.start?.(x, y);
}

function claim(event: Event, options: DragOptions): void {
  const who = options.together?.() ?? nobody;
  claims.set(event, [...(claims.get(event) ?? []), who]);
}

/** A drag has one owner, but for those of which one names the other. */
function mayJoin(event: Event, options: DragOptions): boolean {
  const owners = claims.get(event);
  if (owners === undefined || options.watches?.() !== undefined) return true;
  const who = options.together?.() ?? nobody;
  return owners.every(
    (owner) =>
      (owner.name !== '' && who.with.includes(owner.name)) || (who.name !== '' && owner.with.includes(who.name)),
  );
}

/** A mouse may leave the element while it drags. */
function followMouse(move: (event: Event, x: number, y: number) => void, end: () => void): void {
  const onMove = (event: PointerEvent) => move(event, event.clientX, event.clientY);
  const onEnd = () => {
    removeEventListener('pointermove', onMove);
    removeEventListener('pointerup', onEnd);
    removeEventListener('pointercancel', onEnd);
    end();
  };
  addEventListener('pointermove', onMove);
  addEventListener('pointerup', onEnd);
  addEventListener('pointercancel', onEnd);
}

function one(event: TouchEvent, then: (x: number, y: number) => void): void {
  const touch = event.touches[0];
  if (event.touches.length === 1 && touch !== undefined) then(touch.clientX, touch.clientY);
}

function velocity(drag: Drag): { x: number; y: number } {
  const first = drag.trail[0];
  const last = drag.trail.at(-1);
  if (first === undefined || last === undefined) return { x: 0, y: 0 };
  // A finger that rested before it left flings nothing.
  const time = Math.max(1, performance.now() - first.time);
  return { x: (last.x - first.x) / time, y: (last.y - first.y) / time };
}
