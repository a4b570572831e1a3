/** Intersection and media query observers that the logic side asked for. */
import { type ObserveRequest, ownEvents } from '../../protocol';
import type { EventSender } from '../events/sender';
import type { ViewNode } from '../node';
import type { NodeTable } from '../node-table';
import { plainRectangle } from './measure';

const maximumObservers = 5_000;

export class Observers {
  readonly #intersections = new Map<number, IntersectionObserver[]>();
  readonly #media = new Map<number, { list: MediaQueryList; listener: () => void }>();
  #count = 0;

  constructor(
    private readonly nodes: NodeTable,
    private readonly events: EventSender,
  ) {}

  observe(target: ViewNode, request: ObserveRequest): void {
    const element = target.element;
    if (element === null || !Number.isInteger(request.observer)) throw new Error('there is nothing to observe');
    if (this.#count >= maximumObservers) throw new Error(`more than ${maximumObservers} observers`);
    const reference = request.relativeTo[0] ?? { node: 0 };
    const root = reference.node === 0 ? document : (this.nodes.find(reference.node)?.element ?? document);
    const margins = reference.margins ?? {};
    const margin = [margins.top, margins.right, margins.bottom, margins.left]
      .map((side) => `${finite(side)}px`)
      .join(' ');
    const thresholds = request.thresholds.filter((value) => value >= 0 && value <= 1);
    let first = true;
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const unchanged = first && entry.intersectionRatio === request.initialRatio;
          first = false;
          if (!unchanged) this.#report(target, request.observer, entry);
        }
      },
      { root, rootMargin: margin, threshold: thresholds.length === 0 ? [0] : thresholds },
    );
    observer.observe(element);
    this.#count += 1;
    this.#intersections.set(request.observer, [...(this.#intersections.get(request.observer) ?? []), observer]);
  }

  unobserve(number: number): void {
    const observers = this.#intersections.get(number) ?? [];
    for (const observer of observers) observer.disconnect();
    this.#count -= observers.length;
    this.#intersections.delete(number);
  }

  observeMedia(number: number, query: string): void {
    this.unobserveMedia(number);
    const list = matchMedia(query);
    const listener = () => {
      this.events.send(this.nodes.get(1), ownEvents.media, { observer: number, matches: list.matches });
    };
    list.addEventListener('change', listener);
    this.#media.set(number, { list, listener });
    listener();
  }

  unobserveMedia(number: number): void {
    const entry = this.#media.get(number);
    entry?.list.removeEventListener('change', entry.listener);
    this.#media.delete(number);
  }

  #report(target: ViewNode, observer: number, entry: IntersectionObserverEntry): void {
    this.events.send(target, ownEvents.intersection, {
      observer,
      id: target.element?.id ?? '',
      intersectionRatio: entry.intersectionRatio,
      intersectionRect: plainRectangle(entry.intersectionRect),
      boundingClientRect: plainRectangle(entry.boundingClientRect),
      relativeRect: plainRectangle(entry.rootBounds ?? new DOMRect(0, 0, innerWidth, innerHeight)),
      time: Date.now(),
    });
  }
}

function finite(value: number | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
