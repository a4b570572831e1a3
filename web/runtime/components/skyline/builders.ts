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
  /** Which are drawn. */
  first: number;
  end: number;
  /** Items differ in height and are measured here, so that far ones can be given back. */
  measured: boolean;
}

interface Range {
  first: number;
  end: number;
  /** Room of the items before and after, where they are measured. */
  before?: number;
  after?: number;
}

interface Rows {
  columns: number;
  /** Between two rows, CSS pixels. */
  gap: number;
}

/** How many windows before and after the one that is seen are kept drawn. */
const ahead = 1;
/** Where heights differ, so many more items come with each step. */
const step = 20;

class Watch {
  #items: Items = { count: 0, height: 0, first: 0, end: 0, measured: false };
  readonly #heights = new MeasuredHeights();
  #scroller: Element | null = null;
  #told = '';
  #end = step;

  constructor(
    private readonly node: ViewNode,
    private readonly host: HTMLElement,
    private readonly context: ViewContext,
    /** Of a list or grid at this moment. */
    private readonly rows: () => Rows = () => ({ columns: 1, gap: 0 }),
  ) {}

  set(value: unknown): void {
    const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
    const number = (name: string) => Number(given[name]) || 0;
    const before = this.#items;
    this.#items = {
      count: number('count'),
      height: number('height'),
      first: number('first'),
      end: number('end'),
      measured: given['measured'] === true,
    };
    // The answer to what was told is no reason to tell it again.
    if (before.count !== this.#items.count || !this.#items.measured) this.#told = '';
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
    const { count, height, measured, first: drawnFirst, end: drawnEnd } = this.#items;
    const seen = this.#scroller?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight);
    const box = this.host.getBoundingClientRect();
    if (seen.height === 0 || (measured && box.height === 0)) return;
    const from = seen.top - box.top;
    if (height > 0) {
      const first = Math.floor((from - seen.height * ahead) / height);
      const end = Math.ceil((from + seen.height * (1 + ahead)) / height);
      this.#tell({ first: Math.max(0, first), end: Math.min(count, end) });
    } else if (measured && this.#heights.measure(this.host, drawnFirst, drawnEnd, this.rows())) {
      const [start, stop] = [from - seen.height * ahead, from + seen.height * (1 + ahead)];
      this.#tell(this.#heights.range(count, start, stop, this.rows()));
    } else if (box.bottom - seen.bottom < seen.height * ahead && this.#end < count) {
      this.#end += step;
      this.#tell({ first: 0, end: this.#end });
    }
  };

  #tell(range: Range): void {
    const { first, end, before = 0, after = 0 } = range;
    const told = `${first} ${end} ${Math.round(before)} ${Math.round(after)}`;
    if (told === this.#told) return;
    this.#told = told;
    this.context.events.coalesce(`range ${this.node.id}`, () =>
      this.context.events.send(this.node, ownEvents.told, { name: 'range', value: range }),
    );
  }
}

const single: Rows = { columns: 1, gap: 0 };

/** Heights of rows that differ: known of those that were drawn once, guessed by their mean of the others. */
export class MeasuredHeights {
  readonly #known = new Map<number, number>();
  #columns = 1;

  /**
   * Takes the heights of the items from `first` up to `end`, which stand between two spacers. False where an item is
   * more or less than one element, or a row is not whole: nothing can be said of those.
   */
  measure(host: HTMLElement, first: number, end: number, { columns, gap }: Rows = single): boolean {
    // In another number of columns other items stand beside each other.
    if (columns !== this.#columns) this.#known.clear();
    this.#columns = columns;
    const children = [...host.children].slice(1);
    if (children.length !== end - first + 1 || first % columns !== 0) return false;
    const boxes = children.map((child) => child.getBoundingClientRect());
    for (let index = first; index < end; index += columns) {
      const row = boxes.slice(index - first, Math.min(index + columns, end) - first);
      const top = Math.min(...row.map((box) => box.top));
      // A spacer that takes no room has no place either.
      const next = boxes[index - first + columns];
      const height = Math.max(...row.map((box) => box.height)) + gap;
      this.#known.set(index / columns, next !== undefined && next.top > top ? next.top - top : height);
    }
    return true;
  }

  /** Which items lie between two distances from the list's beginning, and the room of the others. */
  range(count: number, from: number, to: number, { columns, gap }: Rows = single): Required<Range> {
    let sum = 0;
    for (const height of this.#known.values()) sum += height;
    const mean = this.#known.size === 0 ? 0 : sum / this.#known.size;
    const rows = Math.ceil(count / columns);
    let [first, end, before, after, place] = [0, 0, 0, 0, 0];
    for (let row = 0; row < rows; row += 1) {
      const height = this.#known.get(row) ?? mean;
      if (place + height <= from) {
        first = row + 1;
        before += height;
      }
      if (place < to) end = row + 1;
      else after += height;
      place += height;
    }
    // Past the end, the last row stays.
    first = Math.min(first, Math.max(0, end - 1));
    const room = (space: number) => Math.max(0, space - gap);
    return { first: first * columns, end: Math.min(count, end * columns), before: room(before), after: room(after) };
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
  readonly #watch = new Watch(this.node, this.host, this.context, () => ({
    columns: this.columns,
    gap: this.values.mainAxisGap,
  }));

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
