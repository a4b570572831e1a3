/** Two fingers that move apart or together, and a wheel with the control key, which is how trackpads pinch. */
export interface PinchOptions {
  accepts(): boolean;
  start(): void;
  /** How much wider the fingers are than at the start. */
  scale(by: number): void;
  end(): void;
}

const claimed = new WeakSet<Event>();

export function trackPinch(host: HTMLElement, options: PinchOptions): void {
  let from = 0;
  const spread = (event: TouchEvent) => {
    const [first, second] = event.touches;
    return first && second ? Math.hypot(second.clientX - first.clientX, second.clientY - first.clientY) : 0;
  };
  host.addEventListener(
    'touchstart',
    (event) => {
      if (event.touches.length !== 2 || claimed.has(event) || !options.accepts()) return;
      claimed.add(event);
      from = Math.max(1, spread(event));
      options.start();
    },
    { passive: true },
  );
  host.addEventListener(
    'touchmove',
    (event) => {
      if (from === 0 || event.touches.length < 2) return;
      if (event.cancelable) event.preventDefault();
      options.scale(spread(event) / from);
    },
    { passive: false },
  );
  const end = (event: TouchEvent) => {
    if (from === 0 || event.touches.length > 1) return;
    from = 0;
    options.end();
  };
  host.addEventListener('touchend', end);
  host.addEventListener('touchcancel', end);
  host.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey || claimed.has(event) || !options.accepts()) return;
      claimed.add(event);
      event.preventDefault();
      options.start();
      options.scale(Math.exp(-event.deltaY / 200));
      options.end();
    },
    { passive: false },
  );
}
