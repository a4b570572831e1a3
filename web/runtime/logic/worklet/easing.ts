/** `wx.worklet.Easing`: curves from 0 to 1, and functions that make curves of curves. */
export type Curve = (progress: number) => number;

const linear: Curve = (t) => t;
const quad: Curve = (t) => t * t;
const cubic: Curve = (t) => t ** 3;
const sin: Curve = (t) => 1 - Math.cos((t * Math.PI) / 2);
const circle: Curve = (t) => 1 - Math.sqrt(1 - t * t);
const exp: Curve = (t) => 2 ** (10 * (t - 1));
const ease = bezierCurve(0.42, 0, 1, 1);

function poly(power: number): Curve {
  return (t) => t ** power;
}

function elastic(bounciness = 1): Curve {
  const turns = bounciness * Math.PI;
  return (t) => 1 - Math.cos((t * Math.PI) / 2) ** 3 * Math.cos(t * turns);
}

function back(overshoot = 1.70158): Curve {
  return (t) => t * t * ((overshoot + 1) * t - overshoot);
}

function bounce(t: number): number {
  if (t < 1 / 2.75) return 7.5625 * t * t;
  const [shift, floor] = t < 2 / 2.75 ? [1.5, 0.75] : t < 2.5 / 2.75 ? [2.25, 0.9375] : [2.625, 0.984375];
  const moved = t - shift / 2.75;
  return 7.5625 * moved * moved + floor;
}

/** The curve of CSS's `cubic-bezier`: x is found by halving, which is exact enough for a screen in 20 steps. */
export function bezierCurve(x1: number, y1: number, x2: number, y2: number): Curve {
  const at = (t: number, first: number, second: number) =>
    3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t * t * second + t ** 3;
  return (x) => {
    if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
    let [low, high] = [0, 1];
    for (let step = 0; step < 20; step += 1) {
      const middle = (low + high) / 2;
      if (at(middle, x1, x2) < x) low = middle;
      else high = middle;
    }
    return at((low + high) / 2, y1, y2);
  };
}

/** A curve that is also what older apps make it of: `Easing.bezier(…).factory()`. */
function bezier(x1: number, y1: number, x2: number, y2: number): Curve & { factory: () => Curve } {
  const curve = bezierCurve(x1, y1, x2, y2);
  return Object.assign((t: number) => curve(t), { factory: () => curve });
}

const easeOut =
  (curve: Curve): Curve =>
  (t) =>
    1 - curve(1 - t);
const inOut =
  (curve: Curve): Curve =>
  (t) =>
    t < 0.5 ? curve(t * 2) / 2 : 1 - curve((1 - t) * 2) / 2;

export const Easing = Object.freeze({
  linear,
  ease,
  quad,
  cubic,
  poly,
  sin,
  circle,
  exp,
  elastic,
  back,
  bounce,
  bezier,
  cubicBezier: bezier,
  in: (curve: Curve): Curve => curve,
  out: easeOut,
  inOut,
});

/** What an app gives as `easing`: a curve, or what `bezier` made. */
export function curveOf(easing: unknown): Curve {
  return typeof easing === 'function' ? (easing as Curve) : inOut(quad);
}
