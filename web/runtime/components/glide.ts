/** What goes on after a finger has left: a motion that loses speed, and one that is drawn back to a place. */
import { reducedMotion } from '../view/motion';

export interface Glide {
  stop(): void;
}

/** Time in which speed falls to a third, milliseconds. */
export const usualDecay = 325;

/**
 * Goes on with a velocity (CSS pixels a millisecond) until it is spent or `step` says that it met an end. `step` gets
 * the distance of each frame.
 */
export function glide(
  velocity: number,
  step: (distance: number) => boolean,
  ended: () => void = () => undefined,
  decay = usualDecay,
): Glide {
  let running = !reducedMotion() && Math.abs(velocity) > 0.05;
  if (!running) {
    ended();
    return { stop: () => undefined };
  }
  let speed = velocity;
  let last = performance.now();
  const frame = (now: number) => {
    if (!running) return;
    const time = Math.min(64, Math.max(0, now - last));
    last = now;
    const before = speed;
    speed *= Math.exp(-time / decay);
    // The integral of the falling speed over the frame.
    const goesOn = step((before - speed) * decay);
    if (goesOn && Math.abs(speed) > 0.02) requestAnimationFrame(frame);
    else {
      running = false;
      ended();
    }
  };
  requestAnimationFrame(frame);
  return {
    stop: () => {
      running = false;
    },
  };
}
