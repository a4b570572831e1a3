/** What an app draws on the ground: lines, polygons, circles, arcs, pictures; and the grid of a map without tiles. */
import { fromUnit, offset, type Place, toUnit } from './geo';
import type { Colours, Surface } from './surface';

export interface Line {
  id: number;
  points: Place[];
  color: string;
  width: number;
  dotted: boolean;
  arrows: boolean;
  borderColor: string | undefined;
  borderWidth: number;
  /** A colour for each stretch, in place of `color`. */
  colors: string[];
}

export interface Area {
  points: Place[];
  fill: string;
  stroke: string;
  width: number;
  dashes: number[];
}

export interface Disc {
  center: Place;
  /** Metres. */
  radius: number;
  fill: string;
  stroke: string;
  width: number;
}

export interface GroundPicture {
  picture: ImageBitmap;
  southwest: Place;
  northeast: Place;
  opacity: number;
}

export interface Shapes {
  lines: Line[];
  areas: Area[];
  discs: Disc[];
  arcs: Map<number, Line>;
  pictures: Map<number, GroundPicture>;
  /** Where the device is, with how exactly that is known in metres. */
  location: { place: Place; accuracy: number } | undefined;
}

const corners = 72;
const arrowGap = 56;

export class ShapeLayer {
  readonly canvas = document.createElement('canvas');
  #context: CanvasRenderingContext2D | null = null;

  constructor(private readonly container: HTMLElement) {
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    container.append(this.canvas);
  }

  resize(): void {
    const density = Math.min(3, devicePixelRatio || 1);
    this.canvas.width = Math.max(1, Math.round(this.container.clientWidth * density));
    this.canvas.height = Math.max(1, Math.round(this.container.clientHeight * density));
  }

  draw(surface: Surface, shapes: Shapes, grid: Colours | undefined): void {
    this.#context ??= this.canvas.getContext('2d');
    const context = this.#context;
    if (context === null) return;
    const { clientWidth: width, clientHeight: height } = this.container;
    const density = this.canvas.width / Math.max(1, width);
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    if (grid !== undefined) drawGrid(context, surface, grid.grid, width, height);
    for (const picture of shapes.pictures.values()) drawPicture(context, surface, picture);
    for (const area of shapes.areas) drawArea(context, surface, area);
    for (const disc of shapes.discs) {
      const points = Array.from({ length: corners }, (_, index) =>
        offset(disc.center, disc.radius, (index * 360) / corners),
      );
      drawArea(context, surface, { points, fill: disc.fill, stroke: disc.stroke, width: disc.width, dashes: [] });
    }
    for (const line of [...shapes.lines, ...shapes.arcs.values()]) drawLine(context, surface, line);
    if (shapes.location !== undefined) drawLocation(context, surface, shapes.location);
  }
}

function trace(context: CanvasRenderingContext2D, surface: Surface, points: readonly Place[]): void {
  context.beginPath();
  points.forEach((point, index) => {
    const { x, y } = surface.project(point);
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
}

function drawArea(context: CanvasRenderingContext2D, surface: Surface, area: Area): void {
  if (area.points.length < 3) return;
  trace(context, surface, area.points);
  context.closePath();
  context.fillStyle = area.fill;
  context.fill();
  if (area.width <= 0) return;
  context.setLineDash(area.dashes);
  context.lineWidth = area.width;
  context.strokeStyle = area.stroke;
  context.lineJoin = 'round';
  context.stroke();
  context.setLineDash([]);
}

function drawLine(context: CanvasRenderingContext2D, surface: Surface, line: Line): void {
  const { points, width } = line;
  if (points.length < 2) return;
  context.lineCap = line.dotted ? 'butt' : 'round';
  context.lineJoin = 'round';
  if (line.borderColor !== undefined && line.borderWidth > 0) {
    trace(context, surface, points);
    context.lineWidth = width + 2 * line.borderWidth;
    context.strokeStyle = line.borderColor;
    context.stroke();
  }
  context.lineWidth = width;
  if (line.dotted) context.setLineDash([width * 2, width * 2]);
  if (line.colors.length > 0) {
    for (let index = 0; index + 1 < points.length; index += 1) {
      trace(context, surface, points.slice(index, index + 2));
      context.strokeStyle = line.colors[Math.min(index, line.colors.length - 1)] ?? line.color;
      context.stroke();
    }
  } else {
    trace(context, surface, points);
    context.strokeStyle = line.color;
    context.stroke();
  }
  context.setLineDash([]);
  if (line.arrows) drawArrows(context, surface, line);
}

/** Small arrow heads along a line, pointing the way it goes. */
function drawArrows(context: CanvasRenderingContext2D, surface: Surface, { points, width }: Line): void {
  const half = Math.max(2, width * 0.35);
  context.strokeStyle = '#ffffff';
  context.lineWidth = Math.max(1, width / 4);
  let left = arrowGap / 2;
  for (let index = 0; index + 1 < points.length; index += 1) {
    const [from, to] = [surface.project(points[index] as Place), surface.project(points[index + 1] as Place)];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length > 100_000) continue;
    for (; left < length; left += arrowGap) {
      context.save();
      context.translate(from.x + ((to.x - from.x) * left) / length, from.y + ((to.y - from.y) * left) / length);
      context.rotate(Math.atan2(to.y - from.y, to.x - from.x));
      context.beginPath();
      context.moveTo(-half, -half);
      context.lineTo(half / 2, 0);
      context.lineTo(-half, half);
      context.stroke();
      context.restore();
    }
    left -= length;
  }
}

function drawPicture(context: CanvasRenderingContext2D, surface: Surface, ground: GroundPicture): void {
  const { southwest, northeast, picture } = ground;
  const topLeft = surface.project({ longitude: southwest.longitude, latitude: northeast.latitude });
  const topRight = surface.project(northeast);
  const bottomLeft = surface.project(southwest);
  context.save();
  context.globalAlpha = ground.opacity;
  const { width, height } = picture;
  context.transform(
    (topRight.x - topLeft.x) / width,
    (topRight.y - topLeft.y) / width,
    (bottomLeft.x - topLeft.x) / height,
    (bottomLeft.y - topLeft.y) / height,
    topLeft.x,
    topLeft.y,
  );
  context.drawImage(picture, 0, 0);
  context.restore();
}

function drawLocation(
  context: CanvasRenderingContext2D,
  surface: Surface,
  location: NonNullable<Shapes['location']>,
): void {
  const { place, accuracy } = location;
  const { x, y } = surface.project(place);
  const edge = surface.project(offset(place, accuracy, 90));
  const reach = Math.hypot(edge.x - x, edge.y - y);
  const circle = (radius: number, colour: string) => {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
  };
  if (reach > 12 && reach < 2000) circle(reach, 'rgba(44, 127, 99, 0.14)');
  circle(10, 'rgba(0, 0, 0, 0.12)');
  circle(9, '#ffffff');
  circle(6.5, '#2c7f63');
}

/** Lines of a round number of degrees or parts of them, so that a map without tiles still shows how it moves. */
function drawGrid(
  context: CanvasRenderingContext2D,
  surface: Surface,
  colour: string,
  width: number,
  height: number,
): void {
  const { center, scale } = surface.camera();
  // A line about every 90 pixels.
  const step = 360 / 2 ** Math.max(2, Math.round(scale + Math.log2(256 / 90)));
  const edges = [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ].map(([x = 0, y = 0]) => toUnit(surface.unproject({ x, y })));
  const middle = toUnit(center);
  const unit = step / 360;
  const reach = Math.min(
    40,
    Math.max(...edges.map(({ x, y }) => Math.max(Math.abs(x - middle.x), Math.abs(y - middle.y)))) / unit + 1,
  );
  const start = { x: Math.round(middle.x / unit), y: Math.round(middle.y / unit) };
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let index = -Math.ceil(reach); index <= reach; index += 1) {
    line(
      context,
      surface,
      { x: start.x + index, y: start.y - reach },
      { x: start.x + index, y: start.y + reach },
      unit,
    );
    line(
      context,
      surface,
      { x: start.x - reach, y: start.y + index },
      { x: start.x + reach, y: start.y + index },
      unit,
    );
  }
  context.stroke();
}

type Point = { x: number; y: number };

function line(context: CanvasRenderingContext2D, surface: Surface, from: Point, to: Point, unit: number): void {
  const a = surface.project(fromUnit({ x: from.x * unit, y: from.y * unit }));
  const b = surface.project(fromUnit({ x: to.x * unit, y: to.y * unit }));
  context.moveTo(a.x, a.y);
  context.lineTo(b.x, b.y);
}
