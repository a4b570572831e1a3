/** Pictures and videos that an app shows in the shell's viewer: state that its window draws. */
import { Observable } from '../observable';

export interface ViewerItem {
  kind: 'image' | 'video';
  src: string;
  poster?: string;
}

export interface Viewing {
  items: readonly ViewerItem[];
  index: number;
  /** Whether a long press offers to save. */
  menu: boolean;
}

export class Viewer extends Observable {
  viewing: Viewing | undefined;

  /** Shows from an item on; an index that is not there means the first. */
  show(items: readonly ViewerItem[], index: number, menu: boolean): void {
    const inside = Number.isInteger(index) && index >= 0 && index < items.length;
    this.viewing = { items, index: inside ? index : 0, menu };
    this.changed();
  }

  /** False where nothing was shown. */
  close(): boolean {
    if (this.viewing === undefined) return false;
    this.viewing = undefined;
    this.changed();
    return true;
  }
}
