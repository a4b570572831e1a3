/**
 * The map as its users see it: in the dialect's coordinates, with markers, shapes, controls and gestures. The page's
 * component and the shell's own map pages are its users; what draws the ground is chosen here.
 */
import { type Cluster, Clusters } from './clusters';
import { FlatSurface } from './flat-surface';
import { type Datum, fromGcj02, fromUnit, type Place, toGcj02, toUnit } from './geo';
import { GlSurface, glAvailable } from './gl-surface';
import { type Pin, PinLayer } from './pins';
import { ShapeLayer, type Shapes } from './shapes';
import { mapStyle } from './style';
import { type Camera, type Cause, colours, type Gestures, type Limits, type Surface, type Tiles } from './surface';

export interface EngineOptions {
  camera: Camera;
  dark: boolean;
  tiles: (Tiles & { datum: Datum; attribution: string }) | undefined;
  /** Draws the ground flat even where there is WebGL. */
  flat?: boolean;
}

export interface EngineEvents {
  region(phase: 'begin' | 'end', cause: Cause): void;
  /** A tap beside every marker. */
  tap(place: Place): void;
  marker(kind: 'marker' | 'callout' | 'label', id: number, event: Event): void;
  clustersMade(clusters: Cluster[]): void;
  clusterTapped(cluster: Cluster): void;
  /** All that is visible was drawn. */
  updated(): void;
  /** The dot of the device's own place was tapped. */
  locationTapped(place: Place): void;
}

export interface ClusterSettings {
  enableDefaultStyle: boolean;
  zoomOnClick: boolean;
  gridSize: number;
}

const tapSlop = 8;

export class MapEngine {
  readonly kind: 'gl' | 'flat';
  readonly root = document.createElement('div');
  readonly pins: PinLayer;
  readonly shapes: Shapes = {
    lines: [],
    areas: [],
    discs: [],
    arcs: new Map(),
    pictures: new Map(),
    location: undefined,
  };
  readonly #surface: Surface;
  readonly #layer: ShapeLayer;
  readonly #ground = document.createElement('div');
  readonly #clusterLayer = document.createElement('div');
  readonly #clusters = new Clusters();
  readonly #sizes = new ResizeObserver(() => this.#resized());
  #all: Pin[] = [];
  #grouping: ClusterSettings | undefined;
  #shownClusters: Cluster[] = [];
  #told = new Set<number>();
  #groupedAt = Number.NaN;
  #dark: boolean;
  #frame = 0;
  #moving = false;
  #pressed = { x: 0, y: 0 };
  #removed = false;

  constructor(
    container: HTMLElement,
    private readonly options: EngineOptions,
    private readonly events: EngineEvents,
  ) {
    this.#dark = options.dark;
    this.root.className = 'mz-map-root';
    this.#ground.className = 'mz-map-ground';
    const style = document.createElement('style');
    style.textContent = mapStyle;
    this.root.append(style, this.#ground);
    container.append(this.root);
    this.#layer = new ShapeLayer(this.root);
    this.#clusterLayer.className = 'mz-map-clusters';
    this.pins = new PinLayer(this.root, {
      tapped: (kind, id, event) => this.events.marker(kind, id, event),
    });
    this.root.append(this.#clusterLayer);
    this.kind = options.flat !== true && glAvailable() ? 'gl' : 'flat';
    const Kind = this.kind === 'gl' ? GlSurface : FlatSurface;
    const camera = { ...options.camera, center: this.#inward(options.camera.center) };
    // The first movements come while the surface is still being made.
    let ready = false;
    this.#surface = new Kind(this.#ground, camera, options.dark, options.tiles, {
      moved: (phase, cause) => {
        if (ready) this.#moved(phase, cause);
      },
      drawn: () => this.events.updated(),
    });
    ready = true;
    this.#layer.resize();
    this.#sizes.observe(this.root);
    this.#ground.addEventListener(
      'pointerdown',
      ({ clientX, clientY }) => {
        this.#pressed = { x: clientX, y: clientY };
      },
      { capture: true },
    );
    this.#ground.addEventListener('click', (event) => this.#clicked(event));
    if (options.tiles !== undefined && options.tiles.attribution !== '') this.#attribute(options.tiles.attribution);
    this.redraw();
  }

  camera(): Camera {
    const camera = this.#surface.camera();
    return { ...camera, center: this.#outward(camera.center) };
  }

  setCamera(camera: Partial<Camera>, duration = 0): void {
    this.#surface.setCamera(
      camera.center === undefined ? camera : { ...camera, center: this.#inward(camera.center) },
      duration,
    );
  }

  /** The corners of what is visible. */
  region(): { southwest: Place; northeast: Place } {
    const { clientWidth: width, clientHeight: height } = this.root;
    const corners = [
      [0, 0],
      [width, 0],
      [0, height],
      [width, height],
    ].map(([x = 0, y = 0]) => this.fromScreen({ x, y }));
    const longitudes = corners.map(({ longitude }) => longitude);
    const latitudes = corners.map(({ latitude }) => latitude);
    return {
      southwest: { longitude: Math.min(...longitudes), latitude: Math.min(...latitudes) },
      northeast: { longitude: Math.max(...longitudes), latitude: Math.max(...latitudes) },
    };
  }

  toScreen(place: Place): { x: number; y: number } {
    return this.#surface.project(this.#inward(place));
  }

  fromScreen(point: { x: number; y: number }): Place {
    return this.#outward(this.#surface.unproject(point));
  }

  /** Moves the camera so that all places are seen. Padding: top, right, bottom, left. */
  include(places: readonly Place[], padding: readonly number[], duration: number): void {
    if (places.length === 0) return;
    const inside = places.map((place) => this.#inward(place));
    const { width, height, top, right, bottom, left } = this.#room(padding);
    const scaleNow = this.#surface.camera().scale;
    const points = inside.map((place) => toUnit(place));
    const span = (pick: (point: { x: number; y: number }) => number) => {
      const values = points.map(pick);
      return [Math.min(...values), Math.max(...values)] as const;
    };
    const [west, east] = span(({ x }) => x);
    const [north, south] = span(({ y }) => y);
    const wide = Math.max(1, width - left - right);
    const high = Math.max(1, height - top - bottom);
    const fit = Math.min(Math.log2(wide / (256 * (east - west))), Math.log2(high / (256 * (south - north))));
    const scale = Number.isFinite(fit) ? Math.max(3, Math.min(18, fit)) : scaleNow;
    const size = 256 * 2 ** scale;
    const middle = {
      x: (west + east) / 2 + (right - left) / 2 / size,
      y: (north + south) / 2 + (bottom - top) / 2 / size,
    };
    this.#surface.setCamera({ center: fromUnit(middle), scale }, duration);
  }

  setPins(pins: readonly Pin[]): void {
    this.#all = pins.map((pin) => ({ ...pin, place: this.#inward(pin.place) }));
    this.#groupedAt = Number.NaN;
    this.redraw();
  }

  /** Moves one marker, in the dialect's coordinates. */
  movePin(id: number, place: Place, rotate: number | undefined): void {
    const inside = this.#inward(place);
    this.#all = this.#all.map((pin) => (pin.id === id ? { ...pin, place: inside, rotate: rotate ?? pin.rotate } : pin));
    this.pins.move(id, inside, rotate);
    this.redraw();
  }

  pinPlace(id: number): Place | undefined {
    const pin = this.#all.find((candidate) => candidate.id === id);
    return pin && this.#outward(pin.place);
  }

  setClusters(settings: ClusterSettings): void {
    this.#grouping = settings;
    this.#groupedAt = Number.NaN;
    this.redraw();
  }

  setShapes(shapes: Partial<Shapes>): void {
    Object.assign(this.shapes, shapes);
    this.redraw();
  }

  setGestures(gestures: Gestures): void {
    this.#surface.setGestures(gestures);
  }

  setLimits(limits: Limits): void {
    const { boundary } = limits;
    this.#surface.setLimits({
      ...limits,
      boundary: boundary && {
        southwest: this.#inward(boundary.southwest),
        northeast: this.#inward(boundary.northeast),
      },
    });
  }

  setCenterOffset(offset: { x: number; y: number }): void {
    this.#surface.setCenterOffset(offset);
  }

  setDark(dark: boolean): void {
    this.#dark = dark;
    this.root.classList.toggle('mz-map-dark', dark);
    this.#surface.setDark(dark);
    this.redraw();
  }

  redraw(): void {
    if (this.#frame !== 0 || this.#removed) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  remove(): void {
    this.#removed = true;
    cancelAnimationFrame(this.#frame);
    this.#sizes.disconnect();
    this.#surface.remove();
    this.root.remove();
  }

  /** A place as the dialect has it, in the datum of the ground. */
  #inward(place: Place): Place {
    return this.options.tiles?.datum === 'gcj02' ? place : fromGcj02(place);
  }

  #outward(place: Place): Place {
    return this.options.tiles?.datum === 'gcj02' ? place : toGcj02(place);
  }

  #room(padding: readonly number[]) {
    const { clientWidth: width, clientHeight: height } = this.root;
    const [top = 0, right = top, bottom = top, left = right] = padding;
    return { width, height, top, right, bottom, left };
  }

  #moved(phase: 'begin' | 'move' | 'end', cause: Cause): void {
    if (phase === 'begin') {
      if (!this.#moving) this.events.region('begin', cause);
      this.#moving = true;
    } else if (phase === 'end') {
      if (this.#moving) this.events.region('end', cause);
      this.#moving = false;
    }
    // In step with the ground, not a frame behind it.
    this.#draw();
  }

  #draw(): void {
    if (this.#removed) return;
    const { clientWidth: width, clientHeight: height } = this.root;
    if (width === 0 || height === 0) return;
    this.#group();
    const grid = this.options.tiles === undefined ? colours[this.#dark ? 'dark' : 'light'] : undefined;
    this.#layer.draw(this.#surface, this.#shapesInside(), grid);
    this.pins.place(this.#surface, width, height);
    this.#placeClusters();
  }

  #shapesInside(): Shapes {
    if (this.options.tiles?.datum === 'gcj02') return this.shapes;
    const { lines, areas, discs, arcs, pictures, location } = this.shapes;
    const inside = <T extends { points: Place[] }>(shape: T): T => {
      const known = converted.get(shape);
      if (known !== undefined) return known as T;
      const made = { ...shape, points: shape.points.map(fromGcj02) };
      converted.set(shape, made);
      return made;
    };
    return {
      lines: lines.map(inside),
      areas: areas.map(inside),
      arcs: new Map([...arcs].map(([id, arc]) => [id, inside(arc)])),
      discs: discs.map((disc) => ({ ...disc, center: fromGcj02(disc.center) })),
      pictures: new Map(
        [...pictures].map(([id, picture]) => [
          id,
          { ...picture, southwest: fromGcj02(picture.southwest), northeast: fromGcj02(picture.northeast) },
        ]),
      ),
      location: location && { ...location, place: fromGcj02(location.place) },
    };
  }

  #group(): void {
    const settings = this.#grouping;
    const scale = Math.round(this.#surface.camera().scale);
    if (this.#groupedAt === scale) return;
    this.#groupedAt = scale;
    if (settings === undefined) {
      this.#shownClusters = [];
      this.pins.set(this.#all.filter(({ clusterId }) => clusterId === undefined));
      this.#drawClusters();
      return;
    }
    const joined = this.#all.filter(({ joinCluster }) => joinCluster);
    const { alone, clusters } = this.#clusters.group(joined, scale, settings.gridSize);
    const shown = new Set(clusters.map(({ clusterId }) => clusterId));
    // Markers that the app draws for a cluster show while that cluster does, at its place.
    const own = this.#all.flatMap((pin) => {
      if (pin.clusterId === undefined || !shown.has(pin.clusterId)) return [];
      const center = clusters.find(({ clusterId }) => clusterId === pin.clusterId)?.center;
      return center === undefined ? [] : [{ ...pin, place: center }];
    });
    const rest = this.#all.filter((pin) => !pin.joinCluster && pin.clusterId === undefined);
    this.pins.set([...rest, ...alone, ...own]);
    this.#shownClusters = clusters;
    this.#drawClusters();
    const fresh = clusters.filter(({ clusterId }) => !this.#told.has(clusterId));
    this.#told = shown;
    if (fresh.length > 0) this.events.clustersMade(fresh.map((cluster) => this.#clusterOutside(cluster)));
  }

  #clusterOutside(cluster: Cluster): Cluster {
    return { ...cluster, center: this.#outward(cluster.center) };
  }

  #drawClusters(): void {
    const replaced = new Set(this.#all.map(({ clusterId }) => clusterId));
    const plain = this.#grouping?.enableDefaultStyle === true;
    this.#clusterLayer.replaceChildren(
      ...this.#shownClusters.map((cluster) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'mz-map-cluster';
        button.hidden = !plain || replaced.has(cluster.clusterId);
        button.textContent = String(cluster.markerIds.length);
        button.addEventListener('click', (event) => {
          event.stopPropagation();
          this.tapCluster(cluster);
        });
        return button;
      }),
    );
  }

  /** A cluster was tapped, in its own look or in the app's. */
  tapCluster(cluster: Cluster): void {
    this.events.clusterTapped(this.#clusterOutside(cluster));
    if (this.#grouping?.zoomOnClick !== true) return;
    const ids = new Set(cluster.markerIds);
    const places = this.#all.filter(({ id }) => ids.has(id)).map(({ place }) => this.#outward(place));
    this.include(places, [48, 48, 48, 48], 300);
  }

  clusterOf(clusterId: number): Cluster | undefined {
    return this.#shownClusters.find((cluster) => cluster.clusterId === clusterId);
  }

  #placeClusters(): void {
    this.#shownClusters.forEach((cluster, index) => {
      const element = this.#clusterLayer.children[index] as HTMLElement | undefined;
      const { x, y } = this.#surface.project(cluster.center);
      if (element !== undefined) element.style.transform = `translate(calc(${x}px - 50%), calc(${y}px - 50%))`;
    });
  }

  #clicked(event: MouseEvent): void {
    const { x, y } = this.#pressed;
    // A drag ends with a click too.
    if (!event.isTrusted || Math.hypot(event.clientX - x, event.clientY - y) > tapSlop) return;
    const { left, top } = this.root.getBoundingClientRect();
    const point = { x: event.clientX - left, y: event.clientY - top };
    const { location } = this.shapes;
    if (location !== undefined) {
      const dot = this.toScreen(location.place);
      if (Math.hypot(dot.x - point.x, dot.y - point.y) < 16) {
        this.events.locationTapped(location.place);
        return;
      }
    }
    this.pins.open(undefined);
    this.redraw();
    this.events.tap(this.fromScreen(point));
  }

  /** Number of the line at a place, as wide as a finger. */
  lineAt(place: Place): number | undefined {
    const at = this.toScreen(place);
    for (const line of this.shapes.lines) {
      const points = line.points.map((point) => this.toScreen(point));
      const reach = Math.max(10, line.width / 2 + 4);
      for (let index = 0; index + 1 < points.length; index += 1) {
        const [from, to] = [points[index] ?? at, points[index + 1] ?? at];
        const square = (to.x - from.x) ** 2 + (to.y - from.y) ** 2 || 1;
        const along = ((at.x - from.x) * (to.x - from.x) + (at.y - from.y) * (to.y - from.y)) / square;
        const part = Math.max(0, Math.min(1, along));
        const gap = Math.hypot(at.x - from.x - part * (to.x - from.x), at.y - from.y - part * (to.y - from.y));
        if (gap <= reach) return line.id;
      }
    }
    return undefined;
  }

  #resized(): void {
    this.#surface.resize();
    this.#layer.resize();
    this.#draw();
  }

  #attribute(words: string): void {
    const line = document.createElement('div');
    line.className = 'mz-map-attribution';
    line.textContent = words;
    this.root.append(line);
  }
}

/** Shapes in the ground's datum, by the shape they were made of. */
const converted = new WeakMap<object, object>();
