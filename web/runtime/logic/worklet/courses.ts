/** Where a motion is after so many milliseconds: by time and curve, as a spring, or slowing down. */
import { curveOf } from './easing';

export type Options = Readonly<Record<string, unknown>>;
export type Course = (elapsed: number) => { at: number; done: boolean };

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

export function timingCourse(from: number, to: number, options: Options): Course {
  const duration = Math.max(0, number(options.duration, 300));
  const curve = curveOf(options.easing);
  return (elapsed) => {
    const progress = duration === 0 ? 1 : Math.min(1, elapsed / duration);
    return { at: progress === 1 ? to : from + (to - from) * curve(progress), done: progress === 1 };
  };
}

/** A damped spring, solved in closed form, so that a late frame does not change where it ends. */
export function springCourse(from: number, to: number, options: Options): Course {
  const mass = number(options.mass, 1);
  const stiffness = number(options.stiffness, 100);
  const damping = number(options.damping, 10);
  const velocity = -number(options.velocity, 0);
  const clamping = options.overshootClamping === true;
  const restDistance = number(options.restDisplacementThreshold, 0.01);
  const restSpeed = number(options.restSpeedThreshold, 2);
  const ratio = damping / (2 * Math.sqrt(stiffness * mass));
  const natural = Math.sqrt(stiffness / mass);
  const distance = to - from;
  const move = ratio < 1 ? swinging(ratio, natural, distance, velocity) : creeping(natural, distance, velocity);
  return (elapsed) => {
    const { away, speed } = move(elapsed / 1000);
    const at = to - away;
    const beyond = clamping && distance !== 0 && (distance > 0 ? at > to : at < to);
    const resting = Math.abs(speed) < restSpeed && Math.abs(away) < restDistance;
    // A spring without damping never rests: the original lets it swing, which nobody can wait for.
    const done = beyond || resting || elapsed > longest;
    return { at: done ? to : at, done };
  };
}

const longest = 60_000;

type Move = (seconds: number) => { away: number; speed: number };

function swinging(ratio: number, natural: number, distance: number, velocity: number): Move {
  const damped = natural * Math.sqrt(1 - ratio * ratio);
  const swing = (velocity + ratio * natural * distance) / damped;
  return (t) => {
    const fading = Math.exp(-ratio * natural * t);
    const [sine, cosine] = [Math.sin(damped * t), Math.cos(damped * t)];
    const away = fading * (swing * sine + distance * cosine);
    const speed = ratio * natural * away - fading * damped * (swing * cosine - distance * sine);
    return { away, speed };
  };
}

function creeping(natural: number, distance: number, velocity: number): Move {
  return (t) => {
    const fading = Math.exp(-natural * t);
    const away = fading * (distance + (velocity + natural * distance) * t);
    const speed = fading * (velocity * (t * natural - 1) + t * distance * natural * natural);
    return { away, speed };
  };
}

/** Slows down from a velocity (units a second), and stays within `clamp`. */
export function decayCourse(from: number, options: Options): Course {
  const velocity = number(options.velocity, 0);
  const deceleration = Math.min(0.9999, Math.max(0.001, number(options.deceleration, 0.998)));
  const [low, high] = Array.isArray(options.clamp) ? options.clamp : [];
  const rate = Math.log(deceleration);
  return (elapsed) => {
    const kept = deceleration ** elapsed;
    const at = from + ((velocity / 1000) * (kept - 1)) / rate;
    const inside = Math.min(
      number(high, Number.POSITIVE_INFINITY),
      Math.max(number(low, Number.NEGATIVE_INFINITY), at),
    );
    return { at: inside, done: inside !== at || Math.abs(velocity * kept) < 1 };
  };
}
