/** The methods of `MapContext`, carried out on a map's engine. */

import { arcPoints } from '../../map/arc';
import type { MapEngine } from '../../map/engine';
import { bearing, distance, type Place, placeOf, placesOf } from '../../map/geo';
import { safeColour } from '../video/colour';
import type { Marker } from './read';
import { readBounds, readPadding } from './read';

/** What the commands need of the component. */
export interface CommandedMap {
  value(name: 'minScale' | 'maxScale'): number;
  addMarkers(value: unknown, clear: boolean): void;
  removeMarkers(ids: ReadonlySet<number>): void;
  changeAdded(change: (added: Marker[]) => Marker[]): void;
  picture(src: string): Promise<{ url: string; width: number; height: number } | null>;
  locate(): Promise<Place>;
  openPlace(args: Record<string, unknown>): Promise<unknown>;
  warnOnce(words: string): void;
}

type Options = Record<string, unknown>;
type Command = (options: Options, engine: MapEngine) => unknown;

const defaultDuration = 1000;

/** Needs the original's own map service behind it. */
const foreign = [
  'addCustomLayer',
  'removeCustomLayer',
  'addVisualLayer',
  'removeVisualLayer',
  'executeVisualLayerCommand',
];

export class MapCommands {
  #boundary: { southwest: Place; northeast: Place } | undefined;
  readonly #motions = new Map<number, number>();
  readonly #commands: Record<string, Command>;

  constructor(private readonly map: CommandedMap) {
    this.#commands = {
      getCenterLocation: (options, engine) => this.#center(options, engine),
      getRegion: (_options, engine) => engine.region(),
      getScale: (_options, engine) => ({ scale: engine.camera().scale }),
      getRotate: (_options, engine) => ({ rotate: engine.camera().rotate }),
      getSkew: (_options, engine) => ({ skew: engine.camera().skew }),
      moveToLocation: (options, engine) => this.#moveTo(options, engine),
      includePoints: (options, engine) => engine.include(placesOf(options.points), readPadding(options.padding), 300),
      translateMarker: (options, engine) => this.#translate(options, engine),
      moveAlong: (options, engine) => this.#along(options, engine),
      addMarkers: ({ markers, clear }) => map.addMarkers(required(markers, 'markers'), clear === true),
      removeMarkers: ({ markerIds }) =>
        map.removeMarkers(new Set((Array.isArray(markerIds) ? markerIds : []).map(Number))),
      initMarkerCluster: ({ enableDefaultStyle, zoomOnClick, gridSize }, engine) =>
        engine.setClusters({
          enableDefaultStyle: enableDefaultStyle !== false,
          zoomOnClick: zoomOnClick !== false,
          gridSize: Math.max(16, Number(gridSize ?? 60) || 60),
        }),
      toScreenLocation: (options, engine) => engine.toScreen(needPlace(options)),
      fromScreenLocation: ({ x, y }, engine) => engine.fromScreen({ x: Number(x) || 0, y: Number(y) || 0 }),
      setCenterOffset: ({ offset }, engine) => {
        const [x = 0.5, y = 0.5] = (Array.isArray(offset) ? offset : []).map(Number);
        if (![x, y].every((part) => part >= 0.25 && part <= 0.75))
          throw new Error('offset should be between 0.25 and 0.75');
        engine.setCenterOffset({ x, y });
      },
      setBoundary: (options, engine) => {
        this.#boundary = readBounds(options);
        this.applyLimits(engine);
      },
      addArc: (options, engine) => this.#addArc(options, engine),
      removeArc: ({ id }, engine) => {
        engine.shapes.arcs.delete(Number(id));
        engine.redraw();
      },
      addGroundOverlay: (options, engine) => this.#addPicture(options, engine),
      updateGroundOverlay: (options, engine) => this.#addPicture(options, engine),
      removeGroundOverlay: ({ id }, engine) => {
        engine.shapes.pictures.delete(Number(id));
        engine.redraw();
      },
      setLocMarkerIcon: () => {
        throw new Error('the mark of the own place has one look on this host');
      },
      eraseLines: (options, engine) => this.#erase(options, engine),
      openMapApp: ({ longitude, latitude, destination }) =>
        map.openPlace({ ...needPlace({ longitude, latitude }), name: String(destination ?? ''), address: '' }),
    };
    for (const name of foreign) {
      this.#commands[name] = () => {
        throw new Error(`${name} needs a map service that this host does not have`);
      };
    }
  }

  async run(method: string, options: Options, engine: MapEngine): Promise<unknown> {
    return this.#commands[method]?.(options, engine);
  }

  applyLimits(engine: MapEngine): void {
    const minimum = Math.max(3, this.map.value('minScale'));
    const maximum = Math.min(20, this.map.value('maxScale'));
    engine.setLimits({ minimum: Math.min(minimum, maximum), maximum, boundary: this.#boundary });
  }

  includeAttribute(points: unknown, engine: MapEngine): void {
    const places = placesOf(points);
    if (places.length > 0) engine.include(places, [30, 30, 30, 30], 0);
  }

  #center({ iconPath }: Options, engine: MapEngine): Place {
    if (typeof iconPath === 'string' && iconPath !== '') this.map.warnOnce('a picture at the centre is not drawn');
    return engine.camera().center;
  }

  async #moveTo(options: Options, engine: MapEngine): Promise<void> {
    const wanted = placeOf(options);
    engine.setCamera({ center: wanted ?? (await this.map.locate()) }, 300);
  }

  async #translate(options: Options, engine: MapEngine): Promise<void> {
    const id = Number(options.markerId);
    const from = engine.pinPlace(id);
    if (from === undefined) throw new Error(`there is no marker ${id}`);
    const to = needPlace(options.destination);
    const turn = Number(options.rotate ?? 0) || 0;
    const rotate = options.autoRotate === false ? turn : bearing(from, to) + turn;
    const duration = Math.max(0, Number(options.duration ?? defaultDuration));
    const turned = options.moveWithRotate === true || options.autoRotate !== false || turn !== 0 ? rotate : undefined;
    await this.#animate(id, [from, to], duration, engine, () => turned);
  }

  async #along(options: Options, engine: MapEngine): Promise<void> {
    const id = Number(options.markerId);
    if (engine.pinPlace(id) === undefined) throw new Error(`there is no marker ${id}`);
    const path = placesOf(options.path);
    if (path.length < 2) throw new Error('parameter error: path should have at least 2 points');
    const duration = Math.max(0, Number(options.duration ?? 0));
    const rotates = options.autoRotate !== false;
    await this.#animate(id, path, duration, engine, (from, to) => (rotates ? bearing(from, to) : undefined));
  }

  /** Moves a marker along a path at an even pace; a newer motion of the same marker ends it. */
  #animate(
    id: number,
    path: readonly Place[],
    duration: number,
    engine: MapEngine,
    rotate: (from: Place, to: Place) => number | undefined,
  ): Promise<void> {
    const lengths = path.slice(1).map((place, index) => distance(path[index] as Place, place));
    const whole = lengths.reduce((sum, length) => sum + length, 0);
    const turn = (this.#motions.get(id) ?? 0) + 1;
    this.#motions.set(id, turn);
    const start = performance.now();
    return new Promise((resolve) => {
      const step = () => {
        if (this.#motions.get(id) !== turn) return resolve();
        const share = duration === 0 ? 1 : Math.min(1, (performance.now() - start) / duration);
        let left = whole * share;
        let index = 0;
        while (index < lengths.length - 1 && left > (lengths[index] ?? 0)) left -= lengths[index++] ?? 0;
        const [from, to] = [path[index] as Place, path[index + 1] as Place];
        const part = Math.min(1, left / Math.max(1e-9, lengths[index] ?? 0));
        const at = {
          longitude: from.longitude + (to.longitude - from.longitude) * part,
          latitude: from.latitude + (to.latitude - from.latitude) * part,
        };
        engine.movePin(id, share === 1 ? (path.at(-1) as Place) : at, rotate(from, to));
        if (share < 1) requestAnimationFrame(step);
        else resolve();
      };
      step();
    });
  }

  #addArc(options: Options, engine: MapEngine): void {
    const start = needPlace(options.start);
    const end = needPlace(options.end);
    const points = arcPoints(start, end, Number(options.angle ?? 0) || 0, placeOf(options.pass));
    engine.shapes.arcs.set(Number(options.id), {
      id: Number(options.id),
      points,
      color: safeColour(options.color) ?? '#000000',
      width: Number(options.width ?? 5) || 5,
      dotted: false,
      arrows: false,
      borderColor: undefined,
      borderWidth: 0,
      colors: [],
    });
    engine.redraw();
  }

  async #addPicture(options: Options, engine: MapEngine): Promise<void> {
    const bounds = readBounds(options.bounds);
    if (bounds === undefined) throw new Error('parameter error: bounds should have southwest and northeast');
    const loaded = await this.map.picture(String(options.src ?? ''));
    if (loaded === null) throw new Error(`the picture ${String(options.src)} could not be read`);
    const image = new Image();
    image.src = loaded.url;
    await image.decode();
    const visible = options.visible !== false;
    engine.shapes.pictures.set(Number(options.id), {
      picture: await createImageBitmap(image),
      ...bounds,
      opacity: visible ? Math.max(0, Math.min(1, Number(options.opacity ?? 1))) : 0,
    });
    engine.redraw();
  }

  /** Takes away the part of a line that lies behind a point of it. */
  #erase({ lines }: Options, engine: MapEngine): void {
    for (const entry of Array.isArray(lines) ? (lines as Options[]) : []) {
      const line = engine.shapes.lines[Number(entry.id ?? entry.index ?? 0)];
      const at = Number(entry.index ?? 0);
      const point = placeOf(entry.point);
      if (line === undefined) continue;
      line.points = [...(point === undefined ? [] : [point]), ...line.points.slice(at + 1)];
    }
    engine.setShapes({ lines: engine.shapes.lines.map((line) => ({ ...line })) });
  }
}

export const mapMethods: ReadonlySet<string> = new Set([
  'on', 'getCenterLocation', 'getRegion', 'getScale', 'getRotate', 'getSkew', 'moveToLocation', 'includePoints',
  'translateMarker', 'moveAlong', 'addMarkers', 'removeMarkers', 'initMarkerCluster', 'toScreenLocation',
  'fromScreenLocation', 'setCenterOffset', 'setBoundary', 'addArc', 'removeArc', 'addGroundOverlay',
  'updateGroundOverlay', 'removeGroundOverlay', 'setLocMarkerIcon', 'eraseLines', 'openMapApp', ...foreign,
]); // biome-ignore format: one list

function needPlace(value: unknown): Place {
  const place = placeOf(value);
  if (place === undefined) throw new Error('parameter error: longitude and latitude should be numbers');
  return place;
}

function required(value: unknown, name: string): unknown {
  if (!Array.isArray(value)) throw new Error(`parameter error: parameter.${name} should be Array`);
  return value;
}
