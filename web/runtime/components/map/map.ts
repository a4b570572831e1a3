/**
 * `map`: the attributes and events of the dialect around the map script, which is loaded when the first map is shown.
 * Children are laid over the map; those with a `marker-id` are bubbles of markers (`customCallout`).
 */
import type { MapEngine } from '../../map/engine';
import { type Place, placeOf } from '../../map/geo';
import type { Cause } from '../../map/surface';
import { ownEvents } from '../../protocol';
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { viewNodeOf } from '../../view/node';
import { Component, part } from '../component';
import { MapCommands, mapMethods } from './commands';
import { MapFurniture } from './furniture';
import { groundTiles, loadMapScript } from './load';
import { type Marker, ownPin, readAreas, readDiscs, readLines, readMarkers } from './read';
import { mapTexts } from './texts';

const defaults = {
  longitude: 116.46,
  latitude: 39.92,
  scale: 16,
  minScale: 3,
  maxScale: 20,
  markers: null,
  covers: null,
  polyline: null,
  circles: null,
  controls: null,
  includePoints: null,
  polygons: null,
  showLocation: false,
  rotate: 0,
  skew: 0,
  showCompass: false,
  showScale: false,
  enableOverlooking: false,
  enableAutoMaxOverlooking: false,
  enableZoom: true,
  enableScroll: true,
  enableRotate: false,
  setting: null as unknown as Record<string, unknown> | null,
};
type Values = Omit<typeof defaults, 'setting'> & { setting: null };

/** Attributes that this ground has no data for; said once a page. */
const absent: Readonly<Record<string, string>> = {
  enableSatellite: 'satellite pictures',
  enableTraffic: 'traffic',
  subkey: 'styles of another map service',
};

const regionPause = 60;

export class WxMap extends Component<Values> {
  readonly #ground = part('mz-map-holder', this.host);
  readonly #slot = part('mz-map-slot', this.host);
  readonly furniture: MapFurniture;
  readonly #commands: MapCommands;
  engine: MapEngine | undefined;
  #starting = false;
  #gone = false;
  #icons = new Map<string, { url: string; width: number; height: number } | null>();
  #markers: Marker[] = [];
  /** Those that `addMarkers` gave. */
  #added: Marker[] = [];
  #pending: Set<keyof Values> | undefined;
  #warned = new Set<string>();
  #locating: ReturnType<typeof setInterval> | undefined;
  #cameraWritten = { longitude: Number.NaN, latitude: Number.NaN };
  readonly #listened = new Set<string>();

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults as unknown as Values);
    const texts = mapTexts(context);
    host.setAttribute('role', 'application');
    host.setAttribute('aria-label', texts.map);
    this.furniture = new MapFurniture(host, context, {
      control: (controlId) => this.emit('controltap', { controlId }),
      compass: () => this.engine?.setCamera({ rotate: 0, skew: 0 }, 240),
    });
    this.#commands = new MapCommands(this);
  }

  override get container(): Node {
    return this.#slot;
  }

  override get methods(): ReadonlySet<string> {
    return mapMethods;
  }

  override connected(): void {
    void this.#start();
  }

  override disconnected(): void {
    this.#gone = true;
    clearInterval(this.#locating);
    this.engine?.remove();
    this.engine = undefined;
  }

  override childrenChanged(): void {
    for (const element of this.#slot.querySelectorAll<HTMLElement>('*')) {
      // A bubble shows where its marker does; without one, not at all.
      if (viewNodeOf(element)?.attributes?.has('markerId')) element.style.visibility ||= 'hidden';
    }
    this.engine?.redraw();
  }

  override resized(): void {
    this.engine?.redraw();
  }

  /** A tap on the map is told with its place by the map itself. */
  override tapDetail(): null {
    return null;
  }

  override async invoke(method: string, args: readonly unknown[]): Promise<unknown> {
    if (method === 'on') {
      this.#listened.add(String(args[0]));
      return undefined;
    }
    await this.#start();
    if (this.engine === undefined) throw new Error('the map could not be shown');
    const options = typeof args[0] === 'object' && args[0] !== null ? (args[0] as Record<string, unknown>) : {};
    return this.#commands.run(method, options, this.engine);
  }

  override write(name: string, value: unknown, lastEvent: number): void {
    if (Object.hasOwn(absent, name) && value) this.warnOnce(`this ground has no ${absent[name]}`);
    super.write(name, value, lastEvent);
  }

  protected override update(name: keyof Values): void {
    // Attributes of one turn are taken together: longitude without its latitude would be another place.
    if (this.#pending === undefined) {
      this.#pending = new Set();
      queueMicrotask(() => this.#apply());
    }
    this.#pending.add(name);
  }

  /** The value of an attribute, or of the member of `setting` that stands for it. */
  value<Name extends keyof Values>(name: Name): Values[Name] {
    const setting = this.values.setting as unknown as Record<string, unknown> | null;
    if (name !== 'setting' && setting !== null && typeof setting === 'object' && Object.hasOwn(setting, name)) {
      const given = setting[name];
      if (typeof given === typeof defaults[name]) return given as Values[Name];
    }
    return this.values[name];
  }

  /** Adds or removes markers beside those of the attribute. */
  changeAdded(change: (added: Marker[]) => Marker[]): void {
    this.#added = change(this.#added);
    this.#showMarkers();
  }

  addMarkers(value: unknown, clear: boolean): void {
    const fresh = readMarkers(value);
    const ids = new Set(fresh.map(({ pin }) => pin.id));
    if (clear) this.#markers = [];
    this.changeAdded((added) => [...(clear ? [] : added.filter(({ pin }) => !ids.has(pin.id))), ...fresh]);
  }

  removeMarkers(ids: ReadonlySet<number>): void {
    this.#markers = this.#markers.filter(({ pin }) => !ids.has(pin.id));
    this.changeAdded((added) => added.filter(({ pin }) => !ids.has(pin.id)));
  }

  /** A picture of the app, loaded; null where it can't be. */
  async picture(src: string): Promise<{ url: string; width: number; height: number } | null> {
    const known = this.#icons.get(src);
    if (known !== undefined) return known;
    const loaded = await this.context.resources
      .resolve(src, 'image')
      .then(async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        return { url, width: image.naturalWidth, height: image.naturalHeight };
      })
      .catch(() => null);
    this.#icons.set(src, loaded);
    return loaded;
  }

  warnOnce(words: string): void {
    if (this.#warned.has(words)) return;
    this.#warned.add(words);
    this.context.warn(`map: ${words}`);
  }

  tellContext(name: string, value: unknown): void {
    if (this.#listened.has(name)) this.context.events.send(this.node, ownEvents.told, { name, value });
  }

  /** Where the device is, as the shell tells it after it has asked. */
  async locate(): Promise<Place> {
    const place = placeOf(await this.context.services.ask(this.node, 'location.get'));
    if (place === undefined) throw new Error('the device does not say where it is');
    this.engine?.setShapes({ location: { place, accuracy: 30 } });
    return place;
  }

  openPlace(args: Record<string, unknown>): Promise<unknown> {
    return this.context.services.ask(this.node, 'location.open', args);
  }

  async #start(): Promise<void> {
    if (this.engine !== undefined || this.#gone) return;
    if (this.#starting) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return this.#start();
    }
    this.#starting = true;
    try {
      const { resources } = this.context;
      const [script, tiles] = await Promise.all([loadMapScript(resources), groundTiles(resources)]);
      if (!this.#gone) this.#make(script.MapEngine, tiles);
    } catch (reason) {
      this.#gone = true;
      this.furniture.fail(mapTexts(this.context).failed);
      this.emit('error', { errMsg: `map:fail ${reason instanceof Error ? reason.message : String(reason)}` });
    } finally {
      this.#starting = false;
    }
  }

  #make(Engine: typeof MapEngine, tiles: Awaited<ReturnType<typeof groundTiles>>): void {
    const camera = {
      center: { longitude: this.value('longitude'), latitude: this.value('latitude') },
      scale: this.#scale(),
      rotate: this.value('rotate'),
      skew: this.value('skew'),
    };
    this.#cameraWritten = { ...camera.center };
    const dark = document.documentElement.dataset.mezzeTheme === 'dark';
    const engine = new Engine(
      this.#ground,
      { camera, dark, tiles },
      {
        region: (phase, cause) => this.#regionChanged(phase, cause),
        tap: ({ longitude, latitude }) => {
          const line = this.engine?.lineAt({ longitude, latitude });
          if (line !== undefined) this.emit('polylinetap', { polylineId: line, longitude, latitude });
          const { events } = this.context;
          if (events.listeners.wanted(this.node, 'tap')) events.send(this.node, 'tap', { longitude, latitude });
        },
        marker: (kind, id, event) => this.#markerTapped(kind, id, event),
        clustersMade: (clusters) => this.tellContext('markerClusterCreate', { clusters }),
        clusterTapped: (cluster) => this.tellContext('markerClusterClick', { cluster }),
        updated: () => this.emit('updated', {}),
        locationTapped: (place) => this.emit('anchorpointtap', { ...place }),
      },
    );
    this.engine = engine;
    engine.pins.custom = (id) => this.#customCallout(id);
    this.#pending = new Set(Object.keys(defaults) as (keyof Values)[]);
    for (const name of ['longitude', 'latitude', 'scale', 'rotate', 'skew'] as const) this.#pending.delete(name);
    this.#apply();
    new MutationObserver(() => this.engine?.setDark(document.documentElement.dataset.mezzeTheme === 'dark')).observe(
      document.documentElement,
      { attributeFilter: ['data-mezze-theme'] },
    );
    engine.setDark(dark);
  }

  #scale(): number {
    return Math.max(this.value('minScale'), Math.min(this.value('maxScale'), this.value('scale')));
  }

  #apply(): void {
    const changed = this.#pending ?? new Set<keyof Values>();
    const { engine } = this;
    this.#pending = undefined;
    if (engine === undefined) return;
    const any = (...names: (keyof Values)[]) => changed.has('setting') || names.some((name) => changed.has(name));
    if (changed.has('markers') || changed.has('covers')) {
      this.#markers = readMarkers(this.values.markers ?? this.values.covers);
      this.#added = [];
      this.#showMarkers();
    }
    if (changed.has('polyline')) engine.setShapes({ lines: readLines(this.values.polyline) });
    if (changed.has('polygons')) engine.setShapes({ areas: readAreas(this.values.polygons) });
    if (changed.has('circles')) engine.setShapes({ discs: readDiscs(this.values.circles) });
    if (changed.has('controls')) void this.furniture.setControls(this.values.controls);
    if (any('enableZoom', 'enableScroll', 'enableRotate', 'enableOverlooking', 'enableAutoMaxOverlooking'))
      this.#applyGestures(engine);
    if (any('minScale', 'maxScale')) this.#commands.applyLimits(engine);
    if (any('showLocation')) this.#followLocation(this.value('showLocation'));
    if (any('showCompass', 'showScale')) this.#showFurniture(engine);
    const camera = ['longitude', 'latitude', 'scale', 'rotate', 'skew'] as const;
    const set = changed.has('setting') && this.values.setting !== null;
    if (set || camera.some((name) => changed.has(name))) this.#applyCamera(engine, changed);
    if (changed.has('includePoints')) this.#commands.includeAttribute(this.values.includePoints, engine);
  }

  #applyCamera(engine: MapEngine, changed: ReadonlySet<keyof Values>): void {
    const center = { longitude: this.value('longitude'), latitude: this.value('latitude') };
    const moved =
      center.longitude !== this.#cameraWritten.longitude || center.latitude !== this.#cameraWritten.latitude;
    this.#cameraWritten = center;
    const change = {
      ...(moved || changed.has('longitude') || changed.has('latitude') ? { center } : {}),
      ...(changed.has('scale') ? { scale: this.#scale() } : {}),
      ...(changed.has('rotate') || changed.has('setting') ? { rotate: this.value('rotate') } : {}),
      ...(changed.has('skew') || changed.has('setting') ? { skew: this.value('skew') } : {}),
    };
    if (Object.keys(change).length > 0) engine.setCamera(change, 0);
  }

  #applyGestures(engine: MapEngine): void {
    engine.setGestures({
      scroll: this.value('enableScroll'),
      zoom: this.value('enableZoom'),
      rotate: this.value('enableRotate'),
      skew: this.value('enableOverlooking'),
      steeper: this.value('enableAutoMaxOverlooking'),
    });
  }

  #showMarkers(): void {
    const all = [...this.#markers, ...this.#added];
    const show = () => {
      this.engine?.setPins(
        all.map(({ pin, iconPath }) => {
          const icon = iconPath === '' ? undefined : (this.#icons.get(iconPath) ?? undefined);
          const width = Number.isNaN(pin.width) ? (icon?.width ?? ownPin.width) : pin.width;
          const height = Number.isNaN(pin.height) ? (icon?.height ?? ownPin.height) : pin.height;
          return { ...pin, icon: icon?.url, width, height };
        }),
      );
    };
    const wanted = new Set(all.map(({ iconPath }) => iconPath).filter((src) => src !== '' && !this.#icons.has(src)));
    if (wanted.size === 0) show();
    else void Promise.all([...wanted].map((src) => this.picture(src))).then(show);
  }

  #showFurniture(engine: MapEngine): void {
    this.furniture.show(engine, { compass: this.value('showCompass'), scale: this.value('showScale') });
  }

  #regionChanged(phase: 'begin' | 'end', cause: Cause): void {
    const { engine } = this;
    if (engine === undefined) return;
    this.furniture.follow(engine);
    if (phase === 'begin') {
      this.emit('regionchange', { type: 'begin', causedBy: cause === 'update' ? 'update' : 'gesture' });
      return;
    }
    const { center, scale, rotate, skew } = engine.camera();
    // After the last frame, so that what is asked in the handler is what is seen.
    setTimeout(() => {
      const region = this.engine?.region();
      this.emit('regionchange', { type: 'end', causedBy: cause, rotate, skew, scale, centerLocation: center, region });
    }, regionPause);
  }

  #markerTapped(kind: 'marker' | 'callout' | 'label', id: number, event: Event): void {
    event.stopPropagation();
    if (!event.isTrusted) return;
    const { engine } = this;
    const pin = engine?.pins.get(id);
    if (engine === undefined || pin === undefined) return;
    if (pin.clusterId !== undefined) {
      const cluster = engine.clusterOf(pin.clusterId);
      if (cluster !== undefined) engine.tapCluster(cluster);
      return;
    }
    if (kind === 'marker') {
      engine.pins.open(id);
      engine.redraw();
    }
    const type = { marker: 'markertap', callout: 'callouttap', label: 'labeltap' }[kind];
    this.emit(type, { markerId: id });
  }

  #customCallout(id: number): HTMLElement | undefined {
    for (const element of this.#slot.querySelectorAll<HTMLElement>('*')) {
      const node = viewNodeOf(element);
      if (Number(node?.attributes?.get('markerId') ?? Number.NaN) !== id) continue;
      // What holds the bubbles must neither move them nor take the map's touches.
      for (let at = element.parentElement; at !== null && at !== this.#slot; at = at.parentElement)
        at.classList.add('mz-map-bubbles');
      if (element.dataset.mezzeBubble === undefined) {
        element.dataset.mezzeBubble = '';
        element.addEventListener('click', (event) => {
          if (event.isTrusted) this.emit('callouttap', { markerId: id });
        });
      }
      return element;
    }
    return undefined;
  }

  #followLocation(on: boolean): void {
    clearInterval(this.#locating);
    this.#locating = undefined;
    if (!on) {
      this.engine?.setShapes({ location: undefined });
      return;
    }
    const locate = () =>
      this.locate().catch((reason: unknown) => {
        clearInterval(this.#locating);
        this.warnOnce(`show-location: ${reason instanceof Error ? reason.message : String(reason)}`);
      });
    void locate();
    this.#locating = setInterval(() => void locate(), 15_000);
  }
}
