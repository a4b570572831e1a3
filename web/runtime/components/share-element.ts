/**
 * An element that two places share: when a page-container opens or closes, what stands in one place flies to the
 * other. The pair is named by `mapkey` (`key`); the one in the container says `transform`.
 */
import type { ViewContext } from '../view/context';
import { reducedMotion } from '../view/motion';
import { type ViewNode, viewNodeOf } from '../view/node';
import { Component, part } from './component';

const defaults = {
  key: '',
  mapkey: '',
  name: '',
  transform: false,
  duration: 300,
  easingFunction: 'ease-out',
};
type Values = typeof defaults;

export class ShareElement extends Component<Values> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  get pair(): string {
    return this.values.mapkey || this.values.key || this.values.name;
  }

  /** What is seen of it: its own box is none. */
  get shown(): HTMLElement | null {
    const first = this.host.firstElementChild;
    return first instanceof HTMLElement ? first : null;
  }
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
  start: DOMRect;
  end: DOMRect;
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
    const start = from.shown?.getBoundingClientRect();
    const end = to.shown?.getBoundingClientRect();
    return start && end && start.width > 0 && end.width > 0 ? [{ from, to, start, end, values: there.values }] : [];
  });
}

export function launch(flights: readonly Flight[]): void {
  for (const { from, to, start, end, values } of flights) {
    const shuttle = to.shown ?? from.shown;
    if (shuttle === null) continue;
    const flight = part('mz-flight', document.body);
    flight.append(shuttle.cloneNode(true));
    to.host.classList.add('mz-in-flight');
    from.host.classList.add('mz-in-flight');
    const land = () => {
      flight.remove();
      to.host.classList.remove('mz-in-flight');
      from.host.classList.remove('mz-in-flight');
    };
    const easing = CSS.supports('transition-timing-function', values.easingFunction)
      ? values.easingFunction
      : 'ease-out';
    const options: KeyframeAnimationOptions = { duration: Math.max(0, values.duration), easing, fill: 'both' };
    flight.animate([frame(start), frame(end)], options).finished.then(land, land);
  }
}

function frame({ left, top, width, height }: DOMRect): Keyframe {
  return { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` };
}
