/** Handlers of drags: any way, sideways, up and down. */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { type DragOptions, trackDrag } from '../drag';
import { GestureHandler, gestureState } from './handler';

abstract class DragHandler extends GestureHandler {
  #lastX = 0;
  #lastY = 0;
  #totalX = 0;
  #totalY = 0;
  /** Movement since the last event that went out: events that wait are added up, not dropped. */
  #deltaX = 0;
  #deltaY = 0;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext, axis: DragOptions['axis']) {
    super(node, host, context);
    trackDrag(host, {
      axis,
      together: () => this.together(),
      // Stands for a native scroll-view or carousel: that goes on by itself, unless the page says no.
      watches: () => (this.values.nativeView === '' ? undefined : this.lastResponse),
      down: (x, y) => this.#down(x, y),
      accepts: () => this.accepted(this.#at(0, 0)),
      start: () => {
        this.#totalX = 0;
        this.#totalY = 0;
        this.tell(gestureState.begin, this.#at(0, 0));
      },
      move: (totalX, totalY, x, y) => this.#move(totalX, totalY, x, y),
      end: (velocityX, velocityY) => {
        const velocity = { velocityX: velocityX * 1000, velocityY: velocityY * 1000 };
        this.tell(gestureState.end, { ...this.#at(0, 0), ...velocity });
      },
      lost: () => this.tell(gestureState.cancelled, this.#at(0, 0)),
    });
  }

  #down(x: number, y: number): void {
    this.#lastX = x;
    this.#lastY = y;
    this.#deltaX = 0;
    this.#deltaY = 0;
    this.tell(gestureState.possible, this.#at(0, 0));
  }

  /** Distances count from where the drag was recognised. */
  #move(totalX: number, totalY: number, x: number, y: number): void {
    const deltaX = totalX - this.#totalX;
    const deltaY = totalY - this.#totalY;
    this.#totalX = totalX;
    this.#totalY = totalY;
    this.#lastX = x;
    this.#lastY = y;
    if (!this.responds(this.#at(deltaX, deltaY))) return;
    this.#deltaX += deltaX;
    this.#deltaY += deltaY;
    this.tellActive(() => {
      const detail = this.#at(this.#deltaX, this.#deltaY);
      this.#deltaX = 0;
      this.#deltaY = 0;
      return detail;
    });
  }

  #at(deltaX: number, deltaY: number): Record<string, number> {
    return { absoluteX: this.#lastX, absoluteY: this.#lastY, deltaX, deltaY, velocityX: 0, velocityY: 0 };
  }
}

export class PanHandler extends DragHandler {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, 'both');
  }
}

export class VerticalDragHandler extends DragHandler {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, 'y');
  }
}

export class HorizontalDragHandler extends DragHandler {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, 'x');
  }
}
