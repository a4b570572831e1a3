/**
 * `wx.worklet`. Skyline runs worklets beside the app's own code; here they are the app's own code, on a clock of
 * frames, and what they give becomes style operations: the same results, without a claim of the same speed.
 */
import type { Element } from 'glass-easel';
import type { LogicHost } from '../boot/host';
import { nodeOf } from '../components/instance';
import { selectAll } from '../components/select';
import type { Reporter } from '../support/reporter';
import { AnimatedStyle, type StyleMaker } from './animated-style';
import { Clock } from './clock';
import { Directives } from './directives';
import { Easing } from './easing';
import { motions } from './motions';
import { DerivedValue, SharedValue } from './values';

/** Milliseconds of a frame where the worker has none of its own. */
const frame = 16;

export class Worklets {
  readonly clock: Clock;
  readonly directives: Directives;
  readonly namespace: Readonly<Record<string, unknown>>;
  private readonly running = new Map<number, AnimatedStyle>();
  private readonly owned = new WeakMap<object, Set<number>>();
  private nextId = 1;

  constructor(
    private readonly host: LogicHost,
    private readonly reporter: Reporter,
  ) {
    this.clock = new Clock({ requestFrame: (callback) => this.requestFrame(callback) });
    const guard = <T>(what: string, run: () => T) => reporter.guard(what, run);
    const later = (callback: () => void, milliseconds: number) => this.later(callback, milliseconds);
    this.directives = new Directives({ guard });
    this.namespace = Object.freeze({
      shared: (initial: unknown) => new SharedValue(initial),
      derived: (compute: unknown) => new DerivedValue(compute as () => unknown),
      cancelAnimation: (value: unknown) => {
        if (value instanceof SharedValue) value.cancel();
      },
      ...motions({ clock: this.clock, guard: (what, run) => void guard(what, run), later }),
      Easing,
      runOnUI: this.apart('runOnUI'),
      runOnJS: this.apart('runOnJS'),
      scrollTo,
      scrollViewContext: Object.freeze({ scrollTo }),
    });
  }

  /** `applyAnimatedStyle` of a component: the style's id, for `clearAnimatedStyle`. */
  applyStyle(instance: object, selector: string, make: StyleMaker, options: unknown, done: unknown): void {
    const elements: Element[] = selectAll(nodeOf(instance), selector);
    const parts = {
      guard: (what: string, run: () => void) => void this.reporter.guard(what, run),
      later: (callback: () => void) => this.host.queueMicrotask(callback),
    };
    const style = new AnimatedStyle(elements, make, parts);
    const id = this.nextId++;
    this.running.set(id, style);
    const own = this.owned.get(instance) ?? new Set();
    this.owned.set(instance, own.add(id));
    style.run((options as { immediate?: unknown } | null | undefined)?.immediate !== false);
    if (typeof done === 'function') this.reporter.guard('applyAnimatedStyle', () => done({ styleId: id }));
  }

  /** Without ids, all that the component has. */
  clearStyle(instance: object, ids: unknown, done: unknown): void {
    const wanted = Array.isArray(ids) ? ids.map(Number) : [...(this.owned.get(instance) ?? [])];
    for (const id of wanted) this.end(id, instance);
    if (typeof done === 'function') this.reporter.guard('clearAnimatedStyle', () => done());
  }

  /** A component left the page: nothing of it moves on. */
  leave(instance: object): void {
    for (const id of this.owned.get(instance) ?? []) this.end(id, instance);
  }

  private end(id: number, instance: object): void {
    if (this.owned.get(instance)?.delete(id) !== true) return;
    this.running.get(id)?.end();
    this.running.delete(id);
  }

  /** Both give a function that runs the given one soon, never in the caller's own turn. */
  private apart(name: string): (run: unknown) => (...values: unknown[]) => void {
    return (run) =>
      (...values) => {
        if (typeof run !== 'function') return;
        this.host.queueMicrotask(() => this.reporter.guard(name, () => run(...values)));
      };
  }

  private later(callback: () => void, milliseconds: number): { cancel(): void } {
    const timer = this.host.setTimer(callback, milliseconds);
    return { cancel: () => this.host.clearTimer(timer) };
  }

  private requestFrame(callback: (time: number) => void): void {
    const { host } = this;
    if (host.canvas !== undefined) host.canvas.requestFrame(callback);
    else host.setTimer(() => callback(host.now()), frame);
  }
}

/** What a query's `ref` gives scrolls as its context object does. */
function scrollTo(target: unknown, options: unknown): void {
  const scroll = (target as { scrollTo?: unknown } | null | undefined)?.scrollTo;
  if (typeof scroll === 'function') scroll.call(target, options);
}
