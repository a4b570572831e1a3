/**
 * An element that two places share. Between pages: the pair with the same `key` flies from the page that is left to the
 * one that comes, by the shell's word, since the pages are frames apart (`flight.*` in protocol/frame-port.ts). Inside a
 * page: between the page and a page-container, as soon as that opens or closes.
 */

import { ownAttributes } from '../protocol';
import type { ViewContext } from '../view/context';
import { reducedMotion } from '../view/motion';
import { type ViewNode, viewNodeOf } from '../view/node';
import { Component } from './component';
import { copyShuttle, fly, pictureShuttle, type Shuttle } from './flight/shuttle';
import { type Box, straight, tweenOf } from './flight/tween';
import { pictureOf } from './snapshot/picture';

const defaults = {
  key: '',
  mapkey: '',
  name: '',
  transform: false,
  duration: 300,
  easingFunction: 'ease-out',
  shuttleOnPush: 'to',
  shuttleOnPop: 'to',
  rectTweenType: 'materialRectArc',
};
type Values = typeof defaults;

/** A flight as the shell orders it of this frame. */
interface Order {
  /** 0 to the page that comes, 1 back to the one below. */
  direction: 0 | 1;
  begin: Box;
  end: Box;
  duration: number;
  tween: string;
  /** Whether this element itself is what flies, and its page is told of each frame. */
  chosen: boolean;
  /** Whether the flight is shown in this frame, which is the upper one. */
  shown: boolean;
  /** The other page's element, where that one was chosen. */
  picture?: ImageBitmap;
}

const inFlight = 'mz-in-flight';

export class ShareElement extends Component<Values> {
  #announced = '';
  #given: Box | undefined;
  #stopListening: () => void = () => undefined;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  get pair(): string {
    return this.values.mapkey || this.values.key || this.values.name;
  }

  get box(): Box {
    const { left, top, width, height } = this.host.getBoundingClientRect();
    return { left, top, width, height };
  }

  override connected(): void {
    this.#stopListening = this.context.services.listen(this.node, (name, detail) => this.#told(name, detail));
    this.#announce(this.pair);
  }

  override disconnected(): void {
    this.#stopListening();
    this.#announce('');
  }

  override write(name: string, value: unknown, lastEvent: number): void {
    if (name !== ownAttributes.workletAnswer) super.write(name, value, lastEvent);
    else this.#given = boxOf((value as { value?: unknown } | null)?.value);
  }

  protected override update(): void {
    if (this.host.isConnected) this.#announce(this.pair);
  }

  hide(): void {
    this.host.classList.add(inFlight);
  }

  show(): void {
    this.host.classList.remove(inFlight);
  }

  #announce(key: string): void {
    if (key === this.#announced) return;
    this.#announced = key;
    this.#ask('flight.key', { key });
  }

  #told(name: string, detail: unknown): void {
    if (typeof detail !== 'object' || detail === null) return;
    const request = (detail as { request?: unknown }).request;
    if (name === 'flight.measure') this.#measured(request);
    else if (name === 'flight.picture') void this.#pictured(request);
    else if (name === 'flight.begin') void this.#fly(detail as Order);
  }

  #measured(request: unknown): void {
    const { shuttleOnPush, shuttleOnPop, rectTweenType, duration } = this.values;
    const pictures = [...this.host.querySelectorAll('img')];
    this.#ask('flight.measured', {
      request,
      ...this.box,
      ready: pictures.every((picture) => picture.complete && picture.naturalWidth > 0),
      shuttleOnPush: shuttleOnPush === 'from' ? 'from' : 'to',
      shuttleOnPop: shuttleOnPop === 'from' ? 'from' : 'to',
      tween: rectTweenType.slice(0, 80),
      duration,
    });
  }

  /** What it looks like, for the frame that shows it flying; nothing where it can't be drawn. */
  async #pictured(request: unknown): Promise<void> {
    const picture = await pictureFor(this.host);
    this.#ask('flight.pictured', { request, ...(picture === undefined ? {} : { picture }) });
  }

  async #fly(order: Order): Promise<void> {
    const { direction, begin, end, duration, picture } = order;
    let shuttle: Shuttle | undefined;
    if (order.shown && picture !== undefined) shuttle = pictureShuttle(picture);
    else if (order.shown) shuttle = copyShuttle(this.host, [begin, end]);
    this.#given = undefined;
    this.hide();
    await fly(shuttle, {
      tween: tweenOf(order.tween, begin, end),
      duration,
      frame: (progress, current) => {
        if (order.chosen)
          this.#tell({ direction, progress, begin: sides(begin), end: sides(end), current: sides(current) });
        return order.chosen && progress < 1 ? this.#given : undefined;
      },
    });
    this.show();
    shuttle?.remove();
  }

  #tell(detail: Record<string, unknown>): void {
    const { events } = this.context;
    const key = `flight ${this.node.id}`;
    const send = () => events.worklet(this.node, 'onframe', detail);
    if (detail['progress'] === 1) {
      events.flush(key);
      send();
    } else events.coalesce(key, send);
  }

  #ask(op: string, args: Record<string, unknown>): void {
    this.context.services.ask(this.node, op, args).catch(() => undefined);
  }
}

/** What an element looks like, for another frame of the same app; nothing where it can't be drawn. */
export async function pictureFor(
  host: HTMLElement,
  look?: Partial<CSSStyleDeclaration>,
): Promise<ImageBitmap | undefined> {
  if (host.querySelector('mz-open-data') !== null) return undefined;
  try {
    return await createImageBitmap(await pictureOf(host, devicePixelRatio, look));
  } catch {
    return undefined;
  }
}

/** A rectangle as pages know it. */
function sides({ left, top, width, height }: Box): Record<string, number> {
  return { left, top, width, height, right: left + width, bottom: top + height };
}

/** What `worklet:onframe` gave back, where that is a rectangle. */
function boxOf(given: unknown): Box | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { left, top, width, height } = given as Record<string, unknown>;
  const box = { left, top, width, height };
  return Object.values(box).every((side) => typeof side === 'number' && Number.isFinite(side))
    ? (box as Box)
    : undefined;
}

/** The shared elements inside an element. */
function sharedIn(root: ParentNode): ShareElement[] {
  return [...root.querySelectorAll('mz-share-element')].flatMap((element) => {
    const component: unknown = viewNodeOf(element)?.component;
    return component instanceof ShareElement ? [component] : [];
  });
}

interface Flight {
  from: ShareElement;
  to: ShareElement;
  start: Box;
  end: Box;
  values: Values;
}

/** Who flies when a container opens (or closes, backwards), measured while the container stands at its place. */
export function flightsOf(container: HTMLElement, opening: boolean): Flight[] {
  if (reducedMotion()) return [];
  const inside = sharedIn(container);
  if (inside.length === 0) return [];
  const outside = sharedIn(document).filter((one) => !container.contains(one.host));
  return inside.flatMap((there) => {
    const here = outside.find((one) => one.pair === there.pair);
    if (here === undefined || !there.values.transform) return [];
    const [from, to] = opening ? [here, there] : [there, here];
    const [start, end] = [from.box, to.box];
    return start.width > 0 && end.width > 0 ? [{ from, to, start, end, values: there.values }] : [];
  });
}

export function launch(flights: readonly Flight[]): void {
  for (const { from, to, start, end, values } of flights) {
    const shuttle = copyShuttle(to.host, [start, end]);
    to.hide();
    from.hide();
    const easing = CSS.supports('transition-timing-function', values.easingFunction)
      ? values.easingFunction
      : 'ease-out';
    const eased = easingOf(easing);
    const way = tweenOf('linear', start, end);
    const course = {
      tween: (t: number) => way(eased(t)),
      duration: Math.max(0, values.duration),
      frame: () => undefined,
    };
    void fly(shuttle, course).then(() => {
      to.show();
      from.show();
      shuttle.remove();
    });
  }
}

/** Any easing of CSS as a function: an animation that stands still is asked where it would be. */
function easingOf(easing: string): (moment: number) => number {
  const probe = new Animation(new KeyframeEffect(document.body, [], { duration: 1000, easing, fill: 'both' }));
  return (moment) => {
    if (moment <= 0 || moment >= 1) return straight(moment);
    probe.currentTime = moment * 1000;
    return probe.effect?.getComputedTiming().progress ?? moment;
  };
}
