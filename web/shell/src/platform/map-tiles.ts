/** The operator's map tiles, as the platform's facts name them; they come through the platform, never from their host. */
import { facts } from './client';

export interface MapFacts {
  tiles: boolean;
  datum: 'wgs84' | 'gcj02';
  attribution: string;
  maximum: number;
}

const none: MapFacts = { tiles: false, datum: 'wgs84', attribution: '', maximum: 0 };
let asked: Promise<MapFacts> | undefined;

/** Offline, or with a platform that has none, the map draws the outline of the world. */
export function mapFacts(): Promise<MapFacts> {
  if (asked === undefined) {
    asked = facts().then(({ map_tiles: tiles }) =>
      tiles == null
        ? none
        : { tiles: true, datum: tiles.datum, attribution: tiles.attribution, maximum: tiles.max_zoom },
    );
    asked.catch(() => {
      asked = undefined;
    });
  }
  return asked.catch(() => none);
}
