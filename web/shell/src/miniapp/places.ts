/** Which full-screen map page of the shell's lies over an app: a place that is shown, or one that the user chooses. */
import type { Place } from '../../../runtime/map/geo';
import { Observable } from '../observable';

export interface NamedPlace extends Place {
  name: string;
  address: string;
}

export type PlaceTask =
  | { kind: 'show'; place: NamedPlace; scale: number }
  | { kind: 'choose'; near: Place | undefined; answer: (place: NamedPlace | undefined) => void };

export class Places extends Observable {
  task: PlaceTask | undefined;

  show(place: NamedPlace, scale: number): void {
    this.close();
    this.task = { kind: 'show', place, scale };
    this.changed();
  }

  /** Undefined where the user leaves without a place. */
  choose(near: Place | undefined): Promise<NamedPlace | undefined> {
    this.close();
    return new Promise((resolve) => {
      const answer = (place: NamedPlace | undefined) => {
        this.task = undefined;
        this.changed();
        resolve(place);
      };
      this.task = { kind: 'choose', near, answer };
      this.changed();
    });
  }

  /** False where no page was open. */
  close(): boolean {
    const { task } = this;
    if (task === undefined) return false;
    if (task.kind === 'choose') task.answer(undefined);
    this.task = undefined;
    this.changed();
    return true;
  }
}
