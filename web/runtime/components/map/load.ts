/** Gets the map's script from the shell, once a page, and says what tiles the operator gives. */
import type { Datum } from '../../map/geo';
import type * as MapScript from '../../map/main';
import type { Tiles } from '../../map/surface';
import type { Resources } from '../../view/resources';

export type Ground = Tiles & { datum: Datum; attribution: string };

let script: Promise<typeof MapScript> | undefined;

export function loadMapScript(resources: Resources): Promise<typeof MapScript> {
  if (script === undefined) {
    script = resources.script('map') as Promise<typeof MapScript>;
    script.catch(() => {
      script = undefined;
    });
  }
  return script;
}

/** Undefined where the operator has given none: then the outline of the world has to do. */
export async function groundTiles(resources: Resources): Promise<Ground | undefined> {
  const facts = JSON.parse(await resources.data('tiles')) as Record<string, unknown>;
  if (facts.tiles !== true) return undefined;
  return {
    datum: facts.datum === 'gcj02' ? 'gcj02' : 'wgs84',
    attribution: String(facts.attribution ?? ''),
    maximum: Number(facts.maximum) || 18,
    read: async (z, x, y) => createImageBitmap(await resources.blob(`tile/${z}/${x}/${y}`)),
  };
}
