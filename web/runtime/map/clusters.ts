/** Groups of markers that stand close together on the screen, by a grid in world pixels of the whole scale. */
import { fromUnit, type Place, toUnit, worldSize } from './geo';
import type { Pin } from './pins';

export interface Cluster {
  clusterId: number;
  center: Place;
  markerIds: number[];
}

export interface Grouped {
  /** Markers that stand alone. */
  alone: Pin[];
  clusters: Cluster[];
}

/** The same markers make the same cluster, with the same number, at whatever scale. */
export class Clusters {
  readonly #numbers = new Map<string, number>();
  #next = 1;

  group(pins: readonly Pin[], scale: number, gridSize: number): Grouped {
    const size = worldSize * 2 ** Math.round(scale);
    const cells = new Map<string, Pin[]>();
    for (const pin of pins) {
      const { x, y } = toUnit(pin.place);
      const key = `${Math.floor((x * size) / gridSize)} ${Math.floor((y * size) / gridSize)}`;
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, [pin]);
      else cell.push(pin);
    }
    const alone: Pin[] = [];
    const clusters: Cluster[] = [];
    for (const cell of cells.values()) {
      const [first] = cell;
      if (cell.length === 1 && first !== undefined) alone.push(first);
      else clusters.push(this.#cluster(cell));
    }
    return { alone, clusters };
  }

  #cluster(pins: readonly Pin[]): Cluster {
    const markerIds = pins.map(({ id }) => id).sort((left, right) => left - right);
    const key = markerIds.join(' ');
    let clusterId = this.#numbers.get(key);
    if (clusterId === undefined) {
      clusterId = this.#next++;
      this.#numbers.set(key, clusterId);
    }
    const units = pins.map(({ place }) => toUnit(place));
    const middle = (pick: (unit: { x: number; y: number }) => number) =>
      units.reduce((sum, unit) => sum + pick(unit), 0) / units.length;
    return { clusterId, center: fromUnit({ x: middle(({ x }) => x), y: middle(({ y }) => y) }), markerIds };
  }
}
