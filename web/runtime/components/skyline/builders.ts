/** The page frame's part of `list-builder` and `grid-builder`: it says which of their items are near the window. */
import { ownEvents } from '../../protocol';
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { GridView } from './grid-view';
import { ListView } from './list-view';

interface Items {
  count: number;
  /** Of every item, CSS pixels; 0 where they differ. */
  height: number;
}

/** How many windows before and after the one that is seen are kept drawn. */
const ahead = 1;
/** Where heights differ, so many more items come with each step. */
const step = 20;

class Watch {
  #items: Items = { count: 0, height: 0 };
  #scroller: Element | null = null;
  #told = '';
  #end = step;

  constructor(
    private readonly node: ViewNode,
    private readonly host: HTMLElement,
    private readonly context: ViewContext,
  ) {}

  set(value: unknown): void {
    const { count, height } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
    this.#items = { count: Number(count) || 0, height: Number(height) || 0 };
    this.#told = '';
    if (this.host.isConnected) this.look();
  }

  start(): void {
    this.#scroller = this.host.closest('.wx-scroll-view');
    (this.#scroller ?? document).addEventListener('scroll', this.look, { passive: true });
    this.look();
  }

  stop(): void {
    (this.#scroller ?? document).removeEventListener('scroll', this.look);
  }

  readonly look = () => {
    const { count, height } = this.#items;
    const seen = this.#scroller?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight);
    const box = this.host.getBoundingClientRect();
    if (seen.height === 0) return;
    const from = seen.top - box.top;
    if (height > 0) {
      const first = Math.floor((from - seen.height * ahead) / height);
      const end = Math.ceil((from + seen.height * (1 + ahead)) / height);
      this.#tell(Math.max(0, first), Math.min(count, end));
    } else if (box.bottom - seen.bottom < seen.height * ahead && this.#end < count) {
      this.#end += step;
      this.#tell(0, this.#end);
    }
  };

  #tell(first: number, end: number): void {
    const range = `${first} ${end}`;
    if (range === this.#told) return;
    this.#told = range;
    this.context.events.coalesce(`range ${this.node.id}`, () =>
      this.context.events.send(this.node, ownEvents.told, { name: 'range', value: { first, end } }),
    );
  }
}

const attribute = 'mezze.builder';

export class ListBuilder extends ListView {
  readonly #watch = new Watch(this.node, this.host, this.context);

  override write(name: string, value: unknown, lastEvent: number): void {
    if (name === attribute) this.#watch.set(value);
    else super.write(name, value, lastEvent);
  }

  override connected(): void {
    this.#watch.start();
  }

  override disconnected(): void {
    this.#watch.stop();
  }

  override childrenChanged(): void {
    this.#watch.look();
  }
}

export class GridBuilder extends GridView {
  readonly #watch = new Watch(this.node, this.host, this.context);

  override write(name: string, value: unknown, lastEvent: number): void {
    if (name === attribute) this.#watch.set(value);
    else super.write(name, value, lastEvent);
  }

  override connected(): void {
    super.connected();
    this.#watch.start();
  }

  override disconnected(): void {
    super.disconnected();
    this.#watch.stop();
  }

  override childrenChanged(): void {
    super.childrenChanged();
    this.#watch.look();
  }
}
