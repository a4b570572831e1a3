/**
 * `timing`, `spring`, `decay`, and those that put others together: each describes a motion that a shared value starts
 * when it is set to it. Values that are no numbers (`"100%"`, `"20px"`) move by their number and keep their unit.
 */
import type { Clock } from './clock';
import { type Course, decayCourse, type Options, springCourse, timingCourse } from './courses';
import { asMotion, type Motion, motionOf } from './values';

type Done = ((finished: boolean) => void) | undefined;

export interface MotionParts {
  clock: Clock;
  /** Runs a callback of the app. */
  guard: (what: string, run: () => void) => void;
  later: (callback: () => void, milliseconds: number) => { cancel(): void };
}

export function motions(parts: MotionParts) {
  /** Ends a motion once: the app's callback first, then whoever started it. */
  const ending = (done: Done, ended: (finished: boolean) => void) => {
    let told = false;
    return (finished: boolean) => {
      if (told) return;
      told = true;
      if (typeof done === 'function') parts.guard('animation callback', () => done(finished));
      ended(finished);
    };
  };

  /** A motion along a course that is made when it starts; without a target it goes where the course leads. */
  const along = (target: unknown, make: (from: number, to: number) => Course, done: Done): unknown =>
    asMotion({
      target,
      start(from, set, ended) {
        const begin = measured(from);
        const end = target === undefined ? begin : measured(target);
        const unit = end.unit || begin.unit;
        const course = make(begin.amount, end.amount);
        const stop = ending(done, ended);
        let since: number | undefined;
        const running = parts.clock.run((time) => {
          since ??= time;
          const { at, done: last } = course(time - since);
          set(unit === '' ? at : `${at}${unit}`);
          if (last) stop(true);
          return !last;
        });
        return {
          cancel: () => {
            running.cancel();
            stop(false);
          },
        };
      },
    });

  return {
    timing: (target: unknown, options?: Options, done?: Done) =>
      along(target, (from, to) => timingCourse(from, to, options ?? {}), done),
    spring: (target: unknown, options?: Options, done?: Done) =>
      along(target, (from, to) => springCourse(from, to, options ?? {}), done),
    decay: (options?: Options, done?: Done) => along(undefined, (from) => decayCourse(from, options ?? {}), done),

    delay: (milliseconds: unknown, next: unknown) =>
      chained((from, set, ended) => {
        let inner: { cancel(): void } | undefined;
        const begin = () => {
          inner = startOf(next, from, set, ended);
        };
        const waiting = parts.later(begin, Math.max(0, Number(milliseconds) || 0));
        return {
          cancel: () => {
            waiting.cancel();
            if (inner === undefined) ended(false);
            else inner.cancel();
          },
        };
      }),

    sequence: (...steps: unknown[]) => chained((from, set, ended) => inTurn(steps, from, set, ended)),

    /** As often as said (2 where it is not, for ever where it is not positive), back and forth if `reverse`. */
    repeat: (one: unknown, times: unknown = 2, reverse: unknown = false, done?: Done) =>
      chained((from, set, ended) => {
        const stop = ending(done, ended);
        const most = Number(times) > 0 ? Number(times) : Number.POSITIVE_INFINITY;
        return over(one, { from, most, reverse: reverse === true }, set, stop);
      }),
  };
}

function chained(start: Motion['start']): unknown {
  return asMotion({ start });
}

/** Starts what is a motion, or sets what is a value. */
function startOf(next: unknown, from: unknown, set: (value: unknown) => void, ended: (finished: boolean) => void) {
  const motion = motionOf(next);
  if (motion !== undefined) return motion.start(from, set, ended);
  set(next);
  ended(true);
  return { cancel: () => undefined };
}

function inTurn(
  steps: readonly unknown[],
  from: unknown,
  set: (value: unknown) => void,
  ended: (finished: boolean) => void,
): { cancel(): void } {
  let current = from;
  let inner: { cancel(): void } | undefined;
  const keep = (value: unknown) => {
    current = value;
    set(value);
  };
  const next = (index: number) => {
    if (index >= steps.length) ended(true);
    else inner = startOf(steps[index], current, keep, (finished) => (finished ? next(index + 1) : ended(false)));
  };
  next(0);
  return { cancel: () => inner?.cancel() };
}

function over(
  one: unknown,
  { from, most, reverse }: { from: unknown; most: number; reverse: boolean },
  set: (value: unknown) => void,
  ended: (finished: boolean) => void,
): { cancel(): void } {
  const motion = motionOf(one);
  if (motion === undefined) return startOf(one, from, set, ended);
  let inner: { cancel(): void } | undefined;
  let end: unknown = from;
  const run = (turn: number) => {
    const back = reverse && turn % 2 === 1;
    const show = (value: unknown) => {
      if (turn === 0) end = value;
      set(back ? mirrored(from, end, value) : value);
    };
    inner = motion.start(from, show, (finished) => {
      if (finished && turn + 1 < most) run(turn + 1);
      else ended(finished);
    });
  };
  run(0);
  return { cancel: () => inner?.cancel() };
}

/** Where a way back is when the way there is at `value`. */
function mirrored(from: unknown, to: unknown, value: unknown): unknown {
  const [begin, end, now] = [measured(from), measured(to), measured(value)];
  const amount = begin.amount + end.amount - now.amount;
  return now.unit === '' ? amount : `${amount}${now.unit}`;
}

/** Splits `"-12.5px"` into its number and what follows it. */
function measured(value: unknown): { amount: number; unit: string } {
  if (typeof value === 'number') return { amount: value, unit: '' };
  const match = /^\s*(-?[\d.]+)(.*)$/.exec(String(value));
  return { amount: Number(match?.[1] ?? 0) || 0, unit: match?.[2] ?? '' };
}
