/** The part of a picture that is cut out, in parts of the picture's sides (0 to 1). */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

const smallest = 0.05;

/** The largest area in the middle. `ratio` is width by height of the cut in pixels, `shape` that of the picture. */
export function fullArea(shape: number, ratio: number | undefined): Area {
  if (ratio === undefined) return { x: 0, y: 0, width: 1, height: 1 };
  const width = Math.min(1, ratio / shape);
  const height = Math.min(1, shape / ratio);
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}

export function moved(area: Area, x: number, y: number): Area {
  return { ...area, x: within(area.x + x, 1 - area.width), y: within(area.y + y, 1 - area.height) };
}

/** Changes the size from the lower right corner; a fixed ratio stays. */
export function resized(area: Area, by: number, byHeight: number, shape: number, ratio: number | undefined): Area {
  const room = { width: 1 - area.x, height: 1 - area.y };
  if (ratio === undefined) {
    const width = Math.min(room.width, Math.max(smallest, area.width + by));
    return { ...area, width, height: Math.min(room.height, Math.max(smallest, area.height + byHeight)) };
  }
  const tall = shape / ratio;
  const width = Math.min(room.width, room.height / tall, Math.max(smallest, area.width + by));
  return { ...area, width, height: width * tall };
}

/** `16:9` as a number; undefined for anything else. */
export function ratioOf(scale: string | undefined): number | undefined {
  const [, width, height] = /^(\d{1,3}):(\d{1,3})$/.exec(scale ?? '') ?? [];
  const ratio = Number(width) / Number(height);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}

function within(value: number, most: number): number {
  return Math.min(Math.max(0, value), Math.max(0, most));
}
