/** Outline of the world's land: Natural Earth 1:110m, public domain, from `world-atlas`. */
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import atlas from 'world-atlas/land-110m.json';

type Land = FeatureCollection<Polygon | MultiPolygon>;
type Topology = Parameters<typeof feature>[0];

let land: Land | undefined;

export function worldLand(): Land {
  if (land === undefined) {
    const topology = atlas as unknown as Topology;
    const made = feature(topology, topology.objects.land as Topology['objects'][string]);
    land = (made.type === 'FeatureCollection' ? made : { type: 'FeatureCollection', features: [made] }) as Land;
  }
  return land;
}

/** Its rings as lists of longitude and latitude. */
export function worldRings(): [number, number][][] {
  return worldLand().features.flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat(),
  ) as [number, number][][];
}
