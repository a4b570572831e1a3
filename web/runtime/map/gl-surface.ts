/** The ground by maplibre-gl: the world's outline, the operator's tiles over it, tilt and rotation. */
import { addProtocol, Map as GlMap, type MapLibreEvent, removeProtocol, type StyleSpecification } from 'maplibre-gl';
import type { Place } from './geo';
import {
  type Camera,
  colours,
  type Gestures,
  type Limits,
  outlineUntil,
  type Surface,
  type SurfaceEvents,
  type Tiles,
} from './surface';
import { worldLand } from './world';

/** maplibre counts tiles of 512. */
const zoomOf = (scale: number) => scale - 1;
const scaleOf = (zoom: number) => zoom + 1;
/** The dialect's steepest tilt that an app sets, and how far fingers tilt, usually and at most. */
const steepest = 40;
const reach = { usual: 45, most: 75 };
let surfaces = 0;

export function glAvailable(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
}

export class GlSurface implements Surface {
  readonly #map: GlMap;
  readonly #protocol = `mezze-tiles-${++surfaces}`;
  #ours = false;
  #scaleAtStart = 0;
  #dark: boolean;

  constructor(
    container: HTMLElement,
    camera: Camera,
    dark: boolean,
    tiles: Tiles | undefined,
    private readonly events: SurfaceEvents,
  ) {
    this.#dark = dark;
    if (tiles !== undefined) {
      addProtocol(this.#protocol, async ({ url }) => {
        const [z, x, y] = url.split('://')[1]?.split('/').map(Number) ?? [];
        return { data: await tiles.read(z ?? 0, x ?? 0, y ?? 0) };
      });
    }
    this.#map = new GlMap({
      container,
      style: styleOf(dark, tiles === undefined ? undefined : { protocol: this.#protocol, maximum: tiles.maximum }),
      center: [camera.center.longitude, camera.center.latitude],
      zoom: zoomOf(camera.scale),
      bearing: camera.rotate,
      pitch: Math.min(steepest, camera.skew),
      minZoom: zoomOf(3),
      maxZoom: zoomOf(20),
      maxPitch: reach.usual,
      attributionControl: false,
      fadeDuration: 0,
      trackResize: false,
      renderWorldCopies: true,
      keyboard: false,
      doubleClickZoom: true,
      canvasContextAttributes: { antialias: true, preserveDrawingBuffer: false },
    });
    this.#listen();
  }

  camera(): Camera {
    const { lng, lat } = this.#map.getCenter();
    return {
      center: { longitude: lng, latitude: lat },
      scale: scaleOf(this.#map.getZoom()),
      rotate: (this.#map.getBearing() + 360) % 360,
      skew: this.#map.getPitch(),
    };
  }

  setCamera(camera: Partial<Camera>, duration: number): void {
    const target = {
      ...(camera.center === undefined
        ? {}
        : { center: [camera.center.longitude, camera.center.latitude] as [number, number] }),
      ...(camera.scale === undefined ? {} : { zoom: zoomOf(camera.scale) }),
      ...(camera.rotate === undefined ? {} : { bearing: camera.rotate }),
      ...(camera.skew === undefined ? {} : { pitch: Math.min(steepest, camera.skew) }),
    };
    this.#ours = true;
    if (duration > 0) this.#map.easeTo({ ...target, duration });
    else this.#map.jumpTo(target);
  }

  project(place: Place): { x: number; y: number } {
    const { x, y } = this.#map.project([place.longitude, place.latitude]);
    return { x, y };
  }

  unproject(point: { x: number; y: number }): Place {
    const { lng, lat } = this.#map.unproject([point.x, point.y]);
    return { longitude: lng, latitude: lat };
  }

  setGestures({ scroll, zoom, rotate, skew, steeper = false }: Gestures): void {
    const map = this.#map;
    map.setMaxPitch(steeper ? reach.most : reach.usual);
    toggle(map.dragPan, scroll);
    toggle(map.scrollZoom, zoom);
    toggle(map.doubleClickZoom, zoom);
    toggle(map.boxZoom, false);
    if (zoom || rotate) {
      map.touchZoomRotate.enable();
      if (rotate) map.touchZoomRotate.enableRotation();
      else map.touchZoomRotate.disableRotation();
    } else map.touchZoomRotate.disable();
    toggle(map.touchPitch, skew);
    toggle(map.dragRotate, rotate || skew);
  }

  setLimits({ minimum, maximum, boundary }: Limits): void {
    this.#map.setMinZoom(zoomOf(minimum));
    this.#map.setMaxZoom(zoomOf(maximum));
    this.#map.setMaxBounds(
      boundary === undefined
        ? null
        : [
            [boundary.southwest.longitude, boundary.southwest.latitude],
            [boundary.northeast.longitude, boundary.northeast.latitude],
          ],
    );
  }

  setDark(dark: boolean): void {
    if (dark === this.#dark) return;
    this.#dark = dark;
    const { land, water } = colours[dark ? 'dark' : 'light'];
    const apply = () => {
      this.#map.setPaintProperty('water', 'background-color', byZoom(water, land));
      this.#map.setPaintProperty('land', 'fill-color', land);
    };
    if (this.#map.isStyleLoaded()) apply();
    else void this.#map.once('load', apply);
  }

  setCenterOffset({ x, y }: { x: number; y: number }): void {
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    const side = (part: number, size: number) =>
      [Math.max(0, (part - 0.5) * 2 * size), Math.max(0, (0.5 - part) * 2 * size)] as const;
    const [left, right] = side(x, width);
    const [top, bottom] = side(y, height);
    this.#map.setPadding({ left, right, top, bottom });
  }

  resize(): void {
    this.#map.resize();
  }

  remove(): void {
    removeProtocol(this.#protocol);
    this.#map.remove();
  }

  #listen(): void {
    const map = this.#map;
    const cause = (event: MapLibreEvent<unknown>) => {
      if (event.originalEvent === undefined) return 'update' as const;
      return Math.abs(map.getZoom() - this.#scaleAtStart) > 0.01 ? ('scale' as const) : ('drag' as const);
    };
    map.on('movestart', (event) => {
      this.#scaleAtStart = map.getZoom();
      this.events.moved('begin', this.#ours ? 'update' : cause(event));
    });
    map.on('move', () => this.events.moved('move', 'update'));
    map.on('moveend', (event) => {
      this.events.moved('end', this.#ours ? 'update' : cause(event));
      this.#ours = false;
    });
    map.on('render', () => this.events.moved('move', 'update'));
    map.on('idle', () => this.events.drawn());
  }
}

function toggle(handler: { enable(): void; disable(): void }, on: boolean): void {
  if (on) handler.enable();
  else handler.disable();
}

/** Water as far as the outline can tell it, then paper. */
function byZoom(near: string, far: string) {
  return ['interpolate', ['linear'], ['zoom'], zoomOf(outlineUntil - 1), near, zoomOf(outlineUntil + 1), far] as never;
}

function styleOf(dark: boolean, tiles: { protocol: string; maximum: number } | undefined): StyleSpecification {
  const { land, water } = colours[dark ? 'dark' : 'light'];
  const style: StyleSpecification = {
    version: 8,
    sources: { land: { type: 'geojson', data: worldLand() } },
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': byZoom(water, land) } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': land, 'fill-antialias': true } },
    ],
  };
  if (tiles !== undefined) {
    style.sources.tiles = {
      type: 'raster',
      tiles: [`${tiles.protocol}://{z}/{x}/{y}`],
      tileSize: 256,
      maxzoom: tiles.maximum,
    };
    style.layers.push({ id: 'tiles', type: 'raster', source: 'tiles' });
  }
  return style;
}
