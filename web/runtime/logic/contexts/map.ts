/** `MapContext`: what a map answers and does; the map itself is in the page frame. */
import { endingMethod, type Target } from './late';

/** Methods that the map carries out, each with `success`, `fail` and `complete`. */
const carried = [
  'getCenterLocation', 'moveToLocation', 'translateMarker', 'moveAlong', 'includePoints',
  'getRegion', 'getRotate', 'getSkew', 'getScale', 'setCenterOffset', 'addGroundOverlay', 'addArc', 'removeArc',
  'setBoundary', 'removeGroundOverlay', 'updateGroundOverlay', 'addMarkers', 'removeMarkers', 'initMarkerCluster',
  'fromScreenLocation', 'toScreenLocation', 'openMapApp', 'eraseLines',
] as const; // biome-ignore format: one list

/** Layers of the original's own map service, and the icon of a place that this map does not draw. */
const refused = [
  'addCustomLayer', 'removeCustomLayer', 'addVisualLayer', 'removeVisualLayer', 'executeVisualLayerCommand',
  'setLocMarkerIcon',
] as const; // biome-ignore format: one list

type Method = (options?: unknown) => Promise<unknown> | undefined;
export type MapContext = Record<(typeof carried | typeof refused)[number], Method> & {
  on(event: unknown, callback: unknown): void;
};

export function mapContext(target: Target): MapContext {
  const { reporter } = target.api;
  const listeners = new Map<string, (detail: unknown) => void>();
  target.listen((name, value) => {
    const listener = listeners.get(name);
    if (listener !== undefined) reporter.guard(`MapContext.on(${name})`, () => listener(value));
  });
  const methods = Object.fromEntries(carried.map((name) => [name, endingMethod(target, name)]));
  for (const name of refused) {
    methods[name] = (options?: unknown) =>
      target.end(name, options, () => Promise.reject(new Error('not supported on this host')));
  }
  // Callbacks of an animation stay here: they can't cross the port.
  const translate = methods.translateMarker as Method;
  methods.translateMarker = (options?: unknown) => {
    const { animationEnd, success, ...rest } = (options ?? {}) as Record<string, unknown>;
    const end = (value: unknown) => {
      if (typeof success === 'function') success(value);
      if (typeof animationEnd === 'function') reporter.guard('animationEnd', () => animationEnd(value));
    };
    const wants = typeof success === 'function' || typeof animationEnd === 'function';
    return translate(wants ? { ...rest, success: end } : rest);
  };
  return Object.assign(methods, {
    on(event: unknown, callback: unknown) {
      if (typeof callback !== 'function') return;
      listeners.set(String(event), callback as (detail: unknown) => void);
      target.tell('on', String(event));
    },
  }) as unknown as MapContext;
}
