/** The ground without WebGL: outline and tiles drawn by hand, moved and turned by fingers, mouse and wheel. No tilt. */
import { fromUnit, type Place, toUnit, worldSize } from './geo';
import {
  type Camera,
  type Cause,
  colours,
  type Gestures,
  type Limits,
  outlineUntil,
  type Surface,
  type SurfaceEvents,
  type Tiles,
} from './surface';
import { worldRings } from './world';

interface Finger {
  x: number;
  y: number;
}

const mostTiles = 256;
/** Nothing was drawn for so long: all that is visible has been. */
const restAfter = 150;

export class FlatSurface implements Surface {
  readonly #canvas = document.createElement('canvas');
  #camera: Camera;
  #gestures: Gestures = { scroll: true, zoom: true, rotate: false, skew: false };
  #limits: Limits = { minimum: 3, maximum: 20, boundary: undefined };
  #middle = { x: 0.5, y: 0.5 };
  #frame = 0;
  #motion = 0;
  readonly #fingers = new Map<number, Finger>();
  #cause: Cause | undefined;
  readonly #tiles = new Map<string, ImageBitmap | null>();
  #rest: ReturnType<typeof setTimeout> | undefined;
  #wheelEnd: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly container: HTMLElement,
    camera: Camera,
    private dark: boolean,
    private readonly tiles: Tiles | undefined,
    private readonly events: SurfaceEvents,
  ) {
    this.#camera = { ...camera, skew: 0 };
    this.#canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;touch-action:none';
    container.append(this.#canvas);
    this.#listen();
    this.resize();
  }

  camera(): Camera {
    return { ...this.#camera };
  }

  setCamera(camera: Partial<Camera>, duration: number): void {
    cancelAnimationFrame(this.#motion);
    const from = this.#camera;
    const to = this.#bounded({ ...from, ...camera, skew: 0 });
    this.events.moved('begin', 'update');
    if (duration <= 0) {
      this.#camera = to;
      this.#moved('update');
      this.events.moved('end', 'update');
      return;
    }
    const start = performance.now();
    const step = () => {
      const share = Math.min(1, (performance.now() - start) / duration);
      const eased = 1 - (1 - share) ** 3;
      const [a, b] = [toUnit(from.center), toUnit(to.center)];
      this.#camera = {
        center: fromUnit({ x: a.x + (b.x - a.x) * eased, y: a.y + (b.y - a.y) * eased }),
        scale: from.scale + (to.scale - from.scale) * eased,
        rotate: from.rotate + (((to.rotate - from.rotate + 540) % 360) - 180) * eased,
        skew: 0,
      };
      this.#moved('update');
      if (share < 1) this.#motion = requestAnimationFrame(step);
      else this.events.moved('end', 'update');
    };
    this.#motion = requestAnimationFrame(step);
  }

  project(place: Place): { x: number; y: number } {
    const size = worldSize * 2 ** this.#camera.scale;
    const at = toUnit(place);
    const center = toUnit(this.#camera.center);
    const [x, y] = turned((at.x - center.x) * size, (at.y - center.y) * size, -this.#camera.rotate);
    const origin = this.#origin();
    return { x: origin.x + x, y: origin.y + y };
  }

  unproject(point: { x: number; y: number }): Place {
    const size = worldSize * 2 ** this.#camera.scale;
    const origin = this.#origin();
    const [x, y] = turned(point.x - origin.x, point.y - origin.y, this.#camera.rotate);
    const center = toUnit(this.#camera.center);
    return fromUnit({ x: center.x + x / size, y: center.y + y / size });
  }

  setGestures(gestures: Gestures): void {
    this.#gestures = gestures;
    this.#canvas.style.touchAction = gestures.scroll || gestures.zoom ? 'none' : 'auto';
  }

  setLimits(limits: Limits): void {
    this.#limits = limits;
    this.#camera = this.#bounded(this.#camera);
    this.#redraw();
  }

  setDark(dark: boolean): void {
    this.dark = dark;
    this.#redraw();
  }

  setCenterOffset(offset: { x: number; y: number }): void {
    this.#middle = offset;
    this.#moved('update');
  }

  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.container;
    const density = Math.min(3, devicePixelRatio || 1);
    this.#canvas.width = Math.max(1, Math.round(width * density));
    this.#canvas.height = Math.max(1, Math.round(height * density));
    this.#moved('update');
  }

  remove(): void {
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#motion);
    clearTimeout(this.#wheelEnd);
    clearTimeout(this.#rest);
    for (const tile of this.#tiles.values()) tile?.close();
    this.#canvas.remove();
  }

  #origin(): { x: number; y: number } {
    return { x: this.container.clientWidth * this.#middle.x, y: this.container.clientHeight * this.#middle.y };
  }

  #bounded(camera: Camera): Camera {
    const { minimum, maximum, boundary } = this.#limits;
    const scale = Math.max(minimum, Math.min(maximum, camera.scale));
    if (boundary === undefined) return { ...camera, scale };
    const { southwest, northeast } = boundary;
    const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));
    const center = {
      longitude: within(camera.center.longitude, southwest.longitude, northeast.longitude),
      latitude: within(camera.center.latitude, southwest.latitude, northeast.latitude),
    };
    return { ...camera, scale, center };
  }

  #listen(): void {
    const canvas = this.#canvas;
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      cancelAnimationFrame(this.#motion);
      this.#fingers.set(event.pointerId, this.#pointOf(event));
    });
    canvas.addEventListener('pointermove', (event) => this.#finger(event));
    for (const type of ['pointerup', 'pointercancel'] as const) {
      canvas.addEventListener(type, (event) => {
        this.#fingers.delete(event.pointerId);
        if (this.#fingers.size > 0 || this.#cause === undefined) return;
        this.events.moved('end', this.#cause);
        this.#cause = undefined;
      });
    }
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    canvas.addEventListener('dblclick', (event) => {
      if (this.#gestures.zoom) this.#zoomAt(this.#pointOf(event), 1, 'scale');
    });
  }

  #finger(event: PointerEvent): void {
    const before = this.#fingers.get(event.pointerId);
    if (before === undefined) return;
    const now = this.#pointOf(event);
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other === undefined) {
      if (!this.#gestures.scroll || (this.#cause === undefined && Math.hypot(now.x - before.x, now.y - before.y) < 3))
        return;
      this.#fingers.set(event.pointerId, now);
      this.#begin('drag');
      this.#moveUnder(this.unproject(before), now);
      this.#moved('drag');
      return;
    }
    this.#fingers.set(event.pointerId, now);
    this.#pinch(other, before, now);
  }

  #pinch(still: Finger, before: Finger, now: Finger): void {
    const { zoom, rotate } = this.#gestures;
    if (!zoom && !rotate) return;
    this.#begin('scale');
    const anchor = { x: (still.x + now.x) / 2, y: (still.y + now.y) / 2 };
    const under = this.unproject({ x: (still.x + before.x) / 2, y: (still.y + before.y) / 2 });
    const change = Math.log2(
      Math.hypot(now.x - still.x, now.y - still.y) / Math.max(1, Math.hypot(before.x - still.x, before.y - still.y)),
    );
    const turn =
      ((Math.atan2(now.y - still.y, now.x - still.x) - Math.atan2(before.y - still.y, before.x - still.x)) * 180) /
      Math.PI;
    this.#camera = this.#bounded({
      ...this.#camera,
      scale: this.#camera.scale + (zoom ? change : 0),
      rotate: (this.#camera.rotate - (rotate ? turn : 0) + 360) % 360,
    });
    this.#moveUnder(under, anchor);
    this.#moved('scale');
  }

  #wheel(event: WheelEvent): void {
    if (!this.#gestures.zoom) return;
    event.preventDefault();
    const change = -Math.max(-1, Math.min(1, event.deltaY / 240));
    this.#zoomAt(this.#pointOf(event), change, 'scale');
  }

  #zoomAt(point: Finger, change: number, cause: Cause): void {
    this.#begin(cause);
    const under = this.unproject(point);
    this.#camera = this.#bounded({ ...this.#camera, scale: this.#camera.scale + change });
    this.#moveUnder(under, point);
    this.#moved(cause);
    clearTimeout(this.#wheelEnd);
    this.#wheelEnd = setTimeout(() => {
      this.#cause = undefined;
      this.events.moved('end', cause);
    }, 160);
  }

  #begin(cause: Cause): void {
    if (this.#cause === undefined) this.events.moved('begin', cause);
    this.#cause = this.#cause === 'scale' ? 'scale' : cause;
  }

  /** Moves the map so that a place comes to stand at a point. */
  #moveUnder(place: Place, point: Finger): void {
    const there = toUnit(this.unproject(point));
    const wanted = toUnit(place);
    const center = toUnit(this.#camera.center);
    const moved = fromUnit({
      x: center.x + wanted.x - there.x,
      y: Math.max(0, Math.min(1, center.y + wanted.y - there.y)),
    });
    this.#camera = this.#bounded({ ...this.#camera, center: moved });
  }

  #pointOf(event: MouseEvent): Finger {
    const { left, top } = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #moved(cause: Cause): void {
    this.#redraw();
    this.events.moved('move', cause);
  }

  #redraw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#draw();
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => this.events.drawn(), restAfter);
    });
  }

  #draw(): void {
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    const density = this.#canvas.width / Math.max(1, this.container.clientWidth);
    const { land, water } = colours[this.dark ? 'dark' : 'light'];
    const coarse = this.#camera.scale < outlineUntil;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.fillStyle = coarse ? water : land;
    context.fillRect(0, 0, this.container.clientWidth, this.container.clientHeight);
    if (coarse) this.#drawLand(context, land);
    if (this.tiles !== undefined) this.#drawTiles(context, this.tiles);
  }

  #drawLand(context: CanvasRenderingContext2D, colour: string): void {
    context.fillStyle = colour;
    // The world again on either side, for views across the date line.
    for (const turn of [-360, 0, 360]) {
      context.beginPath();
      for (const ring of worldRings()) {
        ring.forEach(([longitude, latitude], index) => {
          const { x, y } = this.project({ longitude: longitude + turn, latitude });
          if (index === 0) context.moveTo(x, y);
          else context.lineTo(x, y);
        });
        context.closePath();
      }
      context.fill('evenodd');
    }
  }

  #drawTiles(context: CanvasRenderingContext2D, tiles: Tiles): void {
    const z = Math.max(0, Math.min(tiles.maximum, Math.round(this.#camera.scale)));
    const count = 2 ** z;
    const { clientWidth: width, clientHeight: height } = this.container;
    const corners = [
      [0, 0],
      [width, 0],
      [0, height],
      [width, height],
    ].map(([x = 0, y = 0]) => toUnit(this.unproject({ x, y })));
    const range = (values: number[]) =>
      [Math.floor(Math.min(...values) * count), Math.floor(Math.max(...values) * count)] as const;
    const [left, right] = range(corners.map(({ x }) => x));
    const [top, bottom] = range(corners.map(({ y }) => y));
    for (let x = left; x <= right; x += 1) {
      for (let y = Math.max(0, top); y <= Math.min(count - 1, bottom); y += 1) {
        const picture = this.#tile(tiles, z, ((x % count) + count) % count, y);
        if (picture) this.#drawTile(context, picture, fromUnit({ x: x / count, y: y / count }), z);
      }
    }
  }

  #drawTile(context: CanvasRenderingContext2D, picture: ImageBitmap, corner: Place, z: number): void {
    const { x, y } = this.project(corner);
    const size = worldSize * 2 ** (this.#camera.scale - z);
    context.save();
    context.translate(x, y);
    context.rotate((-this.#camera.rotate * Math.PI) / 180);
    context.drawImage(picture, 0, 0, size + 0.5, size + 0.5);
    context.restore();
  }

  #tile(tiles: Tiles, z: number, x: number, y: number): ImageBitmap | null | undefined {
    const key = `${z}/${x}/${y}`;
    if (this.#tiles.has(key)) return this.#tiles.get(key);
    if (this.#tiles.size > mostTiles) {
      for (const [old, picture] of [...this.#tiles].slice(0, mostTiles / 2)) {
        picture?.close();
        this.#tiles.delete(old);
      }
    }
    this.#tiles.set(key, null);
    tiles.read(z, x, y).then(
      (picture) => {
        this.#tiles.set(key, picture);
        this.#redraw();
      },
      // A tile that is not there stays away until it is forgotten.
      () => undefined,
    );
    return null;
  }
}

/** A vector turned clockwise by degrees. */
function turned(x: number, y: number, degrees: number): [number, number] {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return [x * cosine - y * sine, x * sine + y * cosine];
}
