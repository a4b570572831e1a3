/**
 * The port between the logic worker and one page frame. Each side validates what it receives.
 * The methods of `invoke` and the frame's own events are listed in view-methods.ts.
 */

export type LogicToView =
  /** A batch, or with `more` a part of one: the rest follows under the same number, and only the last is acknowledged. */
  | { k: 'ops'; seq: number; ops: unknown[]; more?: true }
  /** Asks the frame something about a node, or about the page (`node` 0); answered by `result` with the same id. */
  | { k: 'invoke'; id: number; node: number; method: string; args: unknown[] }
  /** The event or page message `seq` was handled: the frame may send the next touchmove or scroll. */
  | { k: 'seen'; seq: number };

export type ViewToLogic =
  /** Batch `seq` was applied and laid out. */
  | { k: 'ack'; seq: number }
  | { k: 'event'; event: ViewEvent }
  | { k: 'result'; id: number; value?: unknown; error?: string }
  /** Something that happened to the page, not to a node: `scroll`, `reachBottom`, `pullDownRefresh`, `resize`. */
  | {
      k: 'page';
      type: 'scroll' | 'reachBottom' | 'pullDownRefresh' | 'resize';
      detail: Record<string, unknown>;
      seq: number;
    };

/** An event on a node. Bubbling is done by the logic side over the composed tree. */
export interface ViewEvent {
  node: number;
  /** `tap`, `touchstart`, `input`, `change`, `scroll`, … */
  type: string;
  detail: Record<string, unknown>;
  touches?: TouchPoint[];
  changedTouches?: TouchPoint[];
  /** Milliseconds since the page frame was attached. */
  timeStamp: number;
  /** Counts up per page; a write to a view-owned value carries the last number the logic side saw. */
  seq: number;
  /** Offset of the target from the page's top left corner, CSS pixels. */
  offset?: { left: number; top: number };
  /** Single-use proof of a trusted gesture; the frame told the shell the same token. */
  gesture?: string;
}

export interface TouchPoint {
  identifier: number;
  pageX: number;
  pageY: number;
  clientX: number;
  clientY: number;
  force?: number;
  /** Distance from the top left corner of a canvas, CSS pixels; only touches of a canvas have it. */
  x?: number;
  y?: number;
}
