/** Intersection and media query observers: the page frame watches, the worker hands the reports on. */
import type { Element } from 'glass-easel';
import type { ViewEvent } from '../../protocol/page-port';
import type { ObserveRequest } from '../../protocol/view-methods';
import type { OpenPage } from '../app/page';
import type { Pages } from '../app/pages';
import { nodeOf } from '../components/instance';
import { selectAll, selectOne } from '../components/select';
import type { Reporter } from '../support/reporter';
import { viewNode } from './selector-query';

type Callback = (result: unknown) => void;
type Reference = ObserveRequest['relativeTo'][number];

interface Options {
  thresholds?: number[];
  initialRatio?: number;
  observeAll?: boolean;
}

/** Finds the observer that a report of the view belongs to. */
export class Observers {
  private nextId = 1;
  private readonly callbacks = new Map<number, (event: ViewEvent, page: OpenPage) => void>();

  constructor(
    private readonly pages: Pages,
    private readonly reporter: Reporter,
  ) {}

  add(callback: (event: ViewEvent, page: OpenPage) => void): number {
    const id = this.nextId++;
    this.callbacks.set(id, callback);
    return id;
  }

  remove(id: number): void {
    this.callbacks.delete(id);
  }

  report(event: ViewEvent, page: OpenPage): void {
    this.callbacks.get(Number(event.detail.observer))?.(event, page);
  }

  intersection(scope: unknown, options: Options | undefined): IntersectionObserver {
    return new IntersectionObserver(this, this.pageFor(scope), scope, options ?? {}, this.reporter);
  }

  mediaQuery(scope: unknown): MediaQueryObserver {
    return new MediaQueryObserver(this, this.pageFor(scope), this.reporter);
  }

  private pageFor(scope: unknown): OpenPage | undefined {
    const component = nodeOf(scope);
    return (component && this.pages.pageOf(component)) ?? this.pages.current;
  }
}

class IntersectionObserver {
  private readonly references: Reference[] = [];
  private readonly ids: number[] = [];

  constructor(
    private readonly observers: Observers,
    private readonly page: OpenPage | undefined,
    private readonly scope: unknown,
    private readonly options: Options,
    private readonly reporter: Reporter,
  ) {}

  relativeTo(selector: string, margins?: Reference['margins']): this {
    const element = selectOne(this.root(), selector);
    const node = element ? viewNode(element) : undefined;
    if (node === undefined) this.reporter.warn(`createIntersectionObserver: no element matches "${selector}"`);
    else this.references.push(margins === undefined ? { node } : { node, margins });
    return this;
  }

  relativeToViewport(margins?: Reference['margins']): this {
    this.references.push(margins === undefined ? { node: 0 } : { node: 0, margins });
    return this;
  }

  observe(selector: string, callback: Callback): void {
    const found = selectAll(this.root(), selector);
    const targets = this.options.observeAll === true ? found : found.slice(0, 1);
    const byNode = new Map<number, Element>();
    for (const target of targets) {
      const node = viewNode(target);
      if (node !== undefined) byNode.set(node, target);
    }
    const observer = this.observers.add((event) => {
      const { observer: _number, ...report } = event.detail;
      const target = byNode.get(event.node);
      const result = { ...report, id: target?.id ?? '', dataset: { ...(target?.dataset ?? {}) } };
      this.reporter.guard('intersection observer', () => callback(result));
    });
    this.ids.push(observer);
    const request: ObserveRequest = {
      observer,
      relativeTo: this.references.length > 0 ? this.references : [{ node: 0 }],
      thresholds: this.options.thresholds ?? [0],
      initialRatio: this.options.initialRatio ?? 0,
    };
    for (const node of byNode.keys()) this.page?.backend.link.invoke(node, 'observe', [request]).catch(() => {});
  }

  disconnect(): void {
    for (const id of this.ids.splice(0)) {
      this.observers.remove(id);
      this.page?.backend.link.invoke(0, 'unobserve', [id]).catch(() => {});
    }
  }

  private root() {
    return nodeOf(this.scope) ?? this.page?.component;
  }
}

class MediaQueryObserver {
  private id: number | undefined;

  constructor(
    private readonly observers: Observers,
    private readonly page: OpenPage | undefined,
    private readonly reporter: Reporter,
  ) {}

  observe(descriptor: Record<string, unknown>, callback: Callback): void {
    this.disconnect();
    this.id = this.observers.add((event) =>
      this.reporter.guard('media query observer', () => callback({ matches: event.detail.matches === true })),
    );
    this.page?.backend.link.invoke(0, 'observeMedia', [this.id, mediaText(descriptor)]).catch(() => {});
  }

  disconnect(): void {
    if (this.id === undefined) return;
    this.observers.remove(this.id);
    this.page?.backend.link.invoke(0, 'unobserveMedia', [this.id]).catch(() => {});
    this.id = undefined;
  }
}

/** `{ minWidth: 300, orientation: 'portrait' }` as CSS says it. */
export function mediaText(descriptor: Record<string, unknown>): string {
  return Object.entries(descriptor)
    .map(([name, value]) => {
      const feature = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      return `(${feature}: ${typeof value === 'number' ? `${value}px` : String(value)})`;
    })
    .join(' and ');
}
