/**
 * The way of a box from one place to another, by its name in `rect-tween-type`: corners on arcs, the middle on an arc,
 * or every edge on the same curve. The arcs are those of Material Design's motion, the curves those that overshoot.
 */

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where the box is at a moment from 0 to 1. */
export type Tween = (moment: number) => Box;

type Curve = (moment: number) => number;
type Point = readonly [x: number, y: number];

export const straight: Curve = (t) => t;
const standard = bezier(0.4, 0, 0.2, 1);
const period = 0.4;

const elasticIn: Curve = (t) => -(2 ** (10 * (t - 1))) * Math.sin(((t - 1 - period / 4) * 2 * Math.PI) / period);
const elasticOut: Curve = (t) => 2 ** (-10 * t) * Math.sin(((t - period / 4) * 2 * Math.PI) / period) + 1;

const curves: Readonly<Record<string, Curve>> = {
  linear: straight,
  elasticIn,
  elasticOut,
  elasticInOut: (t) => (t < 0.5 ? elasticIn(t * 2) / 2 : (elasticOut(t * 2 - 1) + 1) / 2),
  bounceIn: (t) => 1 - bounce(1 - t),
  bounceOut: bounce,
  bounceInOut: (t) => (t < 0.5 ? (1 - bounce(1 - t * 2)) / 2 : (bounce(t * 2 - 1) + 1) / 2),
};

/** Unknown names give the default, `materialRectArc`. */
export function tweenOf(type: string, begin: Box, end: Box): Tween {
  const numbers = /^cubic-bezier\(([^)]*)\)$/.exec(type.trim())?.[1]?.split(',').map(Number);
  const [x1, y1, x2, y2] = numbers ?? [];
  const given = [x1, y1, x2, y2].every(Number.isFinite) ? bezier(x1 ?? 0, y1 ?? 0, x2 ?? 1, y2 ?? 1) : undefined;
  const curve = given ?? (Object.hasOwn(curves, type) ? curves[type] : undefined);
  if (curve !== undefined) return (t) => between(begin, end, ended(t, curve));
  const way = type === 'materialRectCenterArc' ? centreArc(begin, end) : cornerArcs(begin, end);
  return (t) => (t >= 1 ? end : way(ended(t, standard)));
}

/** Curves may miss their ends by a little. */
function ended(moment: number, curve: Curve): number {
  return moment <= 0 ? 0 : moment >= 1 ? 1 : curve(moment);
}

function between(begin: Box, end: Box, at: number): Box {
  const mix = (from: number, to: number) => from + (to - from) * at;
  return {
    left: mix(begin.left, end.left),
    top: mix(begin.top, end.top),
    width: Math.max(0, mix(begin.width, end.width)),
    height: Math.max(0, mix(begin.height, end.height)),
  };
}

function centreArc(begin: Box, end: Box): Tween {
  const way = arc(middle(begin), middle(end));
  return (t) => {
    const { width, height } = between(begin, end, t);
    const [x, y] = way(t);
    return { left: x - width / 2, top: y - height / 2, width, height };
  };
}

/** The diagonal that points the way leads: its two corners go on arcs of their own. */
function cornerArcs(begin: Box, end: Box): Tween {
  const [fromX, fromY] = middle(begin);
  const [toX, toY] = middle(end);
  const right = toX - fromX;
  const down = toY - fromY;
  const support = ([x, y]: Point) => right * x * begin.width + down * y * begin.height;
  const diagonals: readonly Point[] = [[1, 1], [-1, -1], [1, -1], [-1, 1]]; // biome-ignore format: one list
  const [x, y] = diagonals.reduce((best, one) => (support(one) > support(best) ? one : best));
  const first = arc(corner(begin, -x, -y), corner(end, -x, -y));
  const second = arc(corner(begin, x, y), corner(end, x, y));
  return (t) => {
    const [x1, y1] = first(t);
    const [x2, y2] = second(t);
    return { left: Math.min(x1, x2), top: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
  };
}

/** A quarter of an ellipse's look from a circle through both points; a straight line where they lie on one already. */
function arc(begin: Point, end: Point): (moment: number) => Point {
  const [dx, dy] = [end[0] - begin[0], end[1] - begin[1]];
  const [width, height] = [Math.abs(dx), Math.abs(dy)];
  if (width <= 2 || height <= 2) return (t) => [begin[0] + dx * t, begin[1] + dy * t];
  const square = dx * dx + dy * dy;
  const upright = width < height;
  const radius = square / (upright ? width : height) / 2;
  const sweep = 2 * Math.asin(Math.min(1, Math.sqrt(square) / (2 * radius)));
  const centre: Point = upright
    ? [end[0] - radius * Math.sign(dx), end[1]]
    : [begin[0], begin[1] + radius * Math.sign(dy)];
  const [from, to] = upright ? uprightAngles(dx, dy, sweep) : flatAngles(dx, dy, sweep);
  return (t) => {
    const angle = from + (to - from) * t;
    return [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)];
  };
}

function uprightAngles(dx: number, dy: number, sweep: number): Point {
  return dx > 0 ? [-sweep * Math.sign(dy), 0] : [Math.PI + sweep * Math.sign(dy), Math.PI];
}

function flatAngles(dx: number, dy: number, sweep: number): Point {
  const from = dy > 0 ? -Math.PI / 2 : Math.PI / 2;
  return [from, from + sweep * Math.sign(dx) * Math.sign(dy)];
}

function middle({ left, top, width, height }: Box): Point {
  return [left + width / 2, top + height / 2];
}

function corner({ left, top, width, height }: Box, x: number, y: number): Point {
  return [x < 0 ? left : left + width, y < 0 ? top : top + height];
}

function bounce(t: number): number {
  if (t < 1 / 2.75) return 7.5625 * t * t;
  const [shift, floor] = t < 2 / 2.75 ? [1.5, 0.75] : t < 2.5 / 2.75 ? [2.25, 0.9375] : [2.625, 0.984375];
  return 7.5625 * (t - shift / 2.75) ** 2 + floor;
}

/** CSS's `cubic-bezier`, x found by halving. */
function bezier(x1: number, y1: number, x2: number, y2: number): Curve {
  const at = (t: number, a: number, b: number) => 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t * t * b + t ** 3;
  return (x) => {
    let [low, high] = [0, 1];
    for (let step = 0; step < 20; step += 1) {
      const half = (low + high) / 2;
      if (at(half, x1, x2) < x) low = half;
      else high = half;
    }
    return at((low + high) / 2, y1, y2);
  };
}
