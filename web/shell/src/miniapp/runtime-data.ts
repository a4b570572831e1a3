/**
 * What a page frame gets of the runtime's own (`resolve` of the kind `data`): scripts and data that are too large to be
 * in every page, and the operator's map tiles.
 */
import editorUrl from 'mezze:runtime/editor';
import mapUrl from 'mezze:runtime/map';
import { mapFacts } from '../platform/map-tiles';

type Answer = { blob: Blob } | { error: string };

const tilePath = /^mezze:tile\/(\d{1,2})\/(\d{1,8})\/(\d{1,8})$/;

const known: Readonly<Record<string, () => Promise<Blob>>> = {
  /** The region picker's data. */
  'mezze:regions': async () => {
    const { areaList } = await import('@vant/area-data');
    return json(areaList);
  },
  'mezze:editor': () => file(editorUrl),
  'mezze:map': () => file(mapUrl),
  'mezze:tiles': async () => json(await mapFacts()),
};

export async function runtimeData(src: string): Promise<Answer> {
  const tile = tilePath.exec(src);
  try {
    if (tile !== null) return { blob: await file(`/gate/tiles/${tile.slice(1).join('/')}`) };
    const make = Object.hasOwn(known, src) ? known[src] : undefined;
    return make === undefined ? { error: `${src.slice(0, 80)} is not kept here` } : { blob: await make() };
  } catch (failure) {
    return { error: failure instanceof Error ? failure.message : String(failure) };
  }
}

function json(value: unknown): Blob {
  return new Blob([JSON.stringify(value)], { type: 'application/json' });
}

async function file(url: string): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.blob();
}
