/**
 * `wx.router`: transitions between pages that an app makes itself. A builder gets the route's context and says how the
 * page looks at each moment of its way in; the shell shows that style on the page's whole view. The way out is the way
 * in backwards.
 */
import type { OpenPage } from '../app/page';
import type { Reporter } from '../support/reporter';
import { styleText } from './animated-style';
import type { Worklets } from './index';
import { presets } from './preset-routes';
import { type Computation, forget, SharedValue, track } from './values';

export const AnimationStatus = { dismissed: 0, forward: 1, reverse: 2, completed: 3 } as const;

export interface RouteContext {
  primaryAnimation: SharedValue;
  primaryAnimationStatus: SharedValue;
  secondaryAnimation: SharedValue;
  secondaryAnimationStatus: SharedValue;
  userGestureInProgress: SharedValue;
  startUserGesture(): void;
  stopUserGesture(): void;
  didPop(): void;
  driveRoute(): void;
  [own: string]: unknown;
}

export interface RouteConfig {
  opaque?: unknown;
  maintainState?: unknown;
  transitionDuration?: unknown;
  reverseTransitionDuration?: unknown;
  barrierColor?: unknown;
  handlePrimaryAnimation?: unknown;
  handlePreviousPageAnimation?: unknown;
}

export type RouteBuilder = (context: RouteContext, options: unknown) => RouteConfig | undefined;

/** What the shell needs to know before the page is there. */
export interface RouteDescription {
  duration: number;
  reverseDuration: number;
  opaque: boolean;
  barrierColor: string;
}

interface Route {
  context: RouteContext;
  config: RouteConfig;
  description: RouteDescription;
  styles: PageStyle[];
}

export interface RouteHooks {
  reporter: Reporter;
  worklets: Worklets;
  later: (callback: () => void) => void;
  /** Shows a style on a page's view. */
  show(pageId: number, style: string): void;
  /** Goes back without a transition of the shell's. */
  pop(): void;
  pageOf(instance: unknown): OpenPage | undefined;
}

const longest = 5000;

export class Routes {
  private readonly builders = new Map<string, RouteBuilder>(Object.entries(presets));
  private readonly open = new Map<number, Route>();
  private readonly usual = new WeakMap<OpenPage, RouteContext>();

  constructor(private readonly hooks: RouteHooks) {}

  readonly namespace = Object.freeze({
    addRouteBuilder: (name: unknown, builder: unknown) => {
      if (typeof builder === 'function') this.builders.set(String(name), builder as RouteBuilder);
    },
    removeRouteBuilder: (name: unknown) => void this.builders.delete(String(name)),
    getRouteContext: (instance: unknown) => {
      const page = this.hooks.pageOf(instance);
      return page && (this.open.get(page.id)?.context ?? this.settled(page));
    },
  });

  /** A route that a call of `navigateTo` names, or undefined for the usual one. */
  make(type: unknown, options: unknown, config: unknown): Route | undefined {
    const builder = typeof type === 'string' ? this.builders.get(type) : undefined;
    if (builder === undefined) {
      if (typeof type === 'string' && type !== '') this.hooks.reporter.warn(`routeType "${type}" is not known`);
      return undefined;
    }
    const context = this.context();
    const built = this.hooks.reporter.guard(`route builder "${String(type)}"`, () => builder(context, options));
    if (typeof built !== 'object' || built === null) return undefined;
    const merged: RouteConfig = { ...built, ...(typeof config === 'object' ? config : {}) };
    return { context, config: merged, description: describe(merged), styles: [] };
  }

  /** The page of a route is there; `below` is the one that it comes over. */
  begin(pageId: number, route: Route, below: number | undefined): void {
    this.open.set(pageId, route);
    const { handlePrimaryAnimation: own, handlePreviousPageAnimation: previous } = route.config;
    route.styles.push(this.style(own, pageId));
    if (below !== undefined) route.styles.push(this.style(previous, below));
  }

  /** The page has something to show: its way in begins. */
  start(pageId: number): void {
    const route = this.open.get(pageId);
    if (route !== undefined) this.move(route, AnimationStatus.forward);
  }

  /** The page is closed, in whatever way. */
  end(pageId: number): void {
    const route = this.open.get(pageId);
    if (route === undefined) return;
    this.open.delete(pageId);
    if (route.context.primaryAnimation.value === 0) this.finish(route);
    else this.move(route, AnimationStatus.reverse);
  }

  private move(route: Route, status: typeof AnimationStatus.forward | typeof AnimationStatus.reverse): void {
    const { primaryAnimation, primaryAnimationStatus } = route.context;
    const { timing, Easing } = this.hooks.worklets.namespace as {
      timing: (target: number, options: object, done: (finished: boolean) => void) => unknown;
      Easing: { linear: unknown };
    };
    const forward = status === AnimationStatus.forward;
    const duration = forward ? route.description.duration : route.description.reverseDuration;
    primaryAnimationStatus.value = status;
    const done = (finished: boolean) => {
      if (!finished && forward) return;
      primaryAnimationStatus.value = forward ? AnimationStatus.completed : AnimationStatus.dismissed;
      if (!forward) this.finish(route);
    };
    primaryAnimation.value = timing(forward ? 1 : 0, { duration, easing: Easing.linear }, done);
  }

  /** The page itself goes with the look it has; what it came over is as it was again. */
  private finish(route: Route): void {
    for (const [index, style] of route.styles.splice(0).entries()) style.end(index > 0);
  }

  private style(make: unknown, pageId: number): PageStyle {
    const { reporter, later } = this.hooks;
    const run = typeof make === 'function' ? (make as () => unknown) : () => undefined;
    return new PageStyle(
      () => reporter.guard('route animation', run),
      later,
      (text) => this.hooks.show(pageId, text),
    );
  }

  /** What a page that came in the usual way finds: a transition that has ended. */
  private settled(page: OpenPage): RouteContext {
    const known = this.usual.get(page) ?? this.context();
    if (!this.usual.has(page)) {
      known.primaryAnimation.value = 1;
      known.primaryAnimationStatus.value = AnimationStatus.completed;
      this.usual.set(page, known);
    }
    return known;
  }

  private context(): RouteContext {
    const userGestureInProgress = new SharedValue(false);
    return {
      primaryAnimation: new SharedValue(0),
      primaryAnimationStatus: new SharedValue(AnimationStatus.dismissed),
      secondaryAnimation: new SharedValue(0),
      secondaryAnimationStatus: new SharedValue(AnimationStatus.dismissed),
      userGestureInProgress,
      startUserGesture: () => {
        userGestureInProgress.value = true;
      },
      stopUserGesture: () => {
        userGestureInProgress.value = false;
      },
      didPop: () => this.hooks.pop(),
      driveRoute: () => undefined,
    };
  }
}

function describe(config: RouteConfig): RouteDescription {
  const time = (value: unknown) => Math.min(longest, Math.max(0, typeof value === 'number' ? value : 300));
  const duration = time(config.transitionDuration);
  return {
    duration,
    reverseDuration: config.reverseTransitionDuration === undefined ? duration : time(config.reverseTransitionDuration),
    opaque: config.opaque !== false,
    barrierColor: typeof config.barrierColor === 'string' ? config.barrierColor : '',
  };
}

/** A style of a page's view that follows what its function reads. */
class PageStyle implements Computation {
  readonly sources: Computation['sources'] = new Set();
  private waiting = false;
  private ended = false;
  private text: string | undefined;

  constructor(
    private readonly make: () => unknown,
    private readonly later: (callback: () => void) => void,
    private readonly show: (text: string) => void,
  ) {
    this.run();
  }

  changed(): void {
    if (this.waiting || this.ended) return;
    this.waiting = true;
    this.later(() => {
      this.waiting = false;
      if (!this.ended) this.run();
    });
  }

  end(reset: boolean): void {
    if (!reset && this.waiting) this.run();
    this.ended = true;
    forget(this);
    if (reset && (this.text ?? '') !== '') this.show('');
  }

  private run(): void {
    const text = styleText(track(this, this.make));
    if (text === this.text || (this.text === undefined && text === '')) return;
    this.text = text;
    this.show(text);
  }
}
