/** Reading a canvas as a file or as pixels, and writing pixels to it. */
import type { ApiContext } from '../api/context';
import { callingPage } from '../api/context';
import type { Arguments } from '../api/outcome';
import type { Canvases } from './canvases';
import { type CanvasNode, drawingContext, isCanvas, surfaceOf } from './node';
import type { Surface } from './surface';

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

const types: Record<string, [type: string, extension: string]> = {
  png: ['image/png', 'png'],
  jpg: ['image/jpeg', 'jpg'],
};

export async function pictureFile(
  context: ApiContext,
  args: Arguments,
  scope: unknown,
): Promise<{ tempFilePath: string }> {
  const { canvases, bridge } = context;
  const { canvas, canvasId, fileType = 'png', quality = 1 } = args;
  const known = types[String(fileType)];
  if (known === undefined) throw new Error(`fileType "${String(fileType)}" is neither png nor jpg`);
  const [type, extension] = known;
  const given = typeof canvas === 'object' && canvas !== null && isCanvas(canvas) ? canvas : undefined;
  let copy: OffscreenCanvas;
  if (given !== undefined) copy = copyOf(canvases, given, 1, args);
  else {
    if (canvasId === undefined) throw new Error('neither a canvas nor a canvasId was given');
    const surface = await canvases.find(String(canvasId), scope);
    copy = await surface.inTurn(() => copyOf(canvases, surface.node, surface.scale, args));
  }
  const blob = await copy.convertToBlob({ type, quality: Number(quality) });
  return new Promise((resolve, reject) => {
    bridge.call('keepPicture', { blob, extension }, callingPage(context), (result) => {
      if (result.ok) resolve({ tempFilePath: String(result.value.tempFilePath) });
      else reject(new Error(result.failure.errMsg.replace(/^keepPicture:fail /, '')));
    });
  });
}

/** A part of a canvas on a canvas of its own, in the size that the picture shall have. */
function copyOf(canvases: Canvases, node: CanvasNode, scale: number, args: Arguments): OffscreenCanvas {
  const x = number(args.x, 0);
  const y = number(args.y, 0);
  const width = number(args.width, node.width / scale - x);
  const height = number(args.height, node.height / scale - y);
  const wanted = { width: number(args.destWidth, width * scale), height: number(args.destHeight, height * scale) };
  if (!(width > 0 && height > 0 && wanted.width >= 1 && wanted.height >= 1)) throw new Error('the area is empty');
  const copy = canvases.make(Math.round(wanted.width), Math.round(wanted.height));
  drawingContext(copy)?.drawImage(
    surfaceOf(node), x * scale, y * scale, width * scale, height * scale, 0, 0, copy.width, copy.height,
  ); // biome-ignore format: nine numbers
  return surfaceOf(copy);
}

export async function bitmapPixels(
  canvases: Canvases,
  args: Arguments,
  scope: unknown,
): Promise<Record<string, unknown>> {
  const surface = await canvases.find(String(args.canvasId), scope);
  const area = areaOf(args, Number(args.height));
  const data = await surface.inTurn(() => {
    const part = copyOf(canvases, surface.node, surface.scale, {
      ...area,
      destWidth: area.width,
      destHeight: area.height,
    });
    return part.getContext('2d')?.getImageData(0, 0, part.width, part.height).data;
  });
  if (data === undefined) throw new Error('the canvas has a context of another kind');
  return { width: area.width, height: area.height, data };
}

export async function writePixels(
  canvases: Canvases,
  args: Arguments,
  scope: unknown,
): Promise<Record<string, unknown>> {
  const { data } = args;
  const { host } = canvases;
  if (!(data instanceof Uint8ClampedArray) || host === undefined) throw new Error('data is no Uint8ClampedArray');
  const surface = await canvases.find(String(args.canvasId), scope);
  const area = areaOf(args, number(args.height, data.length / 4 / Number(args.width)));
  if (data.length !== area.width * area.height * 4) {
    throw new Error(
      `data has ${data.length} bytes, ${area.width} × ${area.height} pixels have ${area.width * area.height * 4}`,
    );
  }
  await surface.inTurn(() => put(canvases, surface, host.imageDataOf(data, area.width), area));
  return {};
}

function put(canvases: Canvases, surface: Surface, pixels: ImageData, area: Area): void {
  const part = canvases.make(area.width, area.height);
  drawingContext(part)?.putImageData(pixels, 0, 0);
  const context = surface.prepare(false);
  if (context === null) throw new Error('the canvas has a context of another kind');
  context.clearRect(area.x, area.y, area.width, area.height);
  context.drawImage(surfaceOf(part), area.x, area.y, area.width, area.height);
}

function areaOf(args: Arguments, height: number): Area {
  const area = {
    x: Number(args.x),
    y: Number(args.y),
    width: Math.round(Number(args.width)),
    height: Math.round(height),
  };
  if (!(area.width > 0 && area.height > 0)) throw new Error('the area is empty');
  return area;
}

function number(value: unknown, otherwise: number): number {
  return value === undefined || value === null || Number.isNaN(Number(value)) ? otherwise : Number(value);
}
