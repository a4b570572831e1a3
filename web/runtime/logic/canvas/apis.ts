/** The canvas APIs of the namespace. */
import type { ApiContext, Implementations } from '../api/context';
import { type Arguments, fail, type Settle, succeed } from '../api/outcome';
import type { Canvases } from './canvases';
import { CanvasImage, settled } from './image';
import { LooseContext, stepsOf } from './loose';
import { bitmapPixels, pictureFile, writePixels } from './pixels';
import { picturesOf, RecordedContext, type RecorderParts, type Step } from './recorder';
import { replay } from './replay';

export function canvasApis(context: ApiContext): Pick<Implementations, 'calls' | 'syncs'> {
  const { canvases } = context;
  const ending = (api: string, run: (args: Arguments, scope: unknown) => Promise<Record<string, unknown>>) => {
    return (args: Arguments, settle: Settle, scope?: unknown): void => {
      run(args, scope).then(
        (value) => settle(succeed(value)),
        (reason: unknown) => settle(fail(api, reason instanceof Error ? reason.message : String(reason))),
      );
    };
  };
  return {
    calls: {
      canvasToTempFilePath: ending('canvasToTempFilePath', (args, scope) => pictureFile(context, args, scope)),
      canvasGetImageData: ending('canvasGetImageData', (args, scope) => bitmapPixels(canvases, args, scope)),
      drawCanvas: ending('drawCanvas', async (args, scope) => {
        await draw(context, String(args.canvasId), scope, stepsOf(args.actions), args.reserve === true);
        return {};
      }),
      canvasPutImageData: ending('canvasPutImageData', (args, scope) => writePixels(canvases, args, scope)),
    },
    syncs: {
      createCanvasContext: (canvasId: unknown, scope?: unknown) => recordedContext(context, String(canvasId), scope),
      createContext: () =>
        new LooseContext(partsOf(context, () => Promise.reject(new Error('it belongs to no canvas: use drawCanvas')))),
      createOffscreenCanvas: (...given: unknown[]) => {
        const [first, second] = given;
        const options = typeof first === 'object' && first !== null ? (first as Arguments) : {};
        const [width, height] = typeof first === 'number' ? [first, second] : [options.width, options.height];
        return canvases.make(Math.max(0, Number(width ?? 300) || 0), Math.max(0, Number(height ?? 150) || 0));
      },
    },
  };
}

/** The recorder for a canvas that is looked for when it is drawn. */
export function recordedContext(context: ApiContext, canvasId: string, scope: unknown): RecordedContext {
  return new RecordedContext(partsOf(context, (steps, reserve) => draw(context, canvasId, scope, steps, reserve)));
}

function partsOf(context: ApiContext, drawing: (steps: Step[], reserve: boolean) => Promise<void>): RecorderParts {
  const { canvases, reporter } = context;
  return {
    measure: (text, font) => measure(canvases, text, font),
    load(src) {
      const image = new CanvasImage({ read: (wanted) => canvases.read(wanted), guard: (_what, run) => run() });
      image.src = src;
      return image;
    },
    draw: (steps, reserve, done) => {
      drawing(steps, reserve).then(
        () => reporter.guard('draw', done),
        (reason: unknown) =>
          reporter.warn(`CanvasContext.draw:fail ${reason instanceof Error ? reason.message : reason}`),
      );
    },
  };
}

async function draw(
  { canvases, reporter }: ApiContext,
  canvasId: string,
  scope: unknown,
  steps: Step[],
  reserve: boolean,
): Promise<void> {
  // As in the selector query: what the rest of the app's turn sets counts.
  await Promise.resolve();
  const surface = await canvases.find(canvasId, scope);
  await surface.inTurn(async () => {
    await Promise.all(picturesOf(steps).map(settled));
    const raw = surface.prepare(!reserve);
    if (raw === null) throw new Error(`canvas "${canvasId}" has a context of another kind`);
    replay(raw, steps, (what) => reporter.warn(`CanvasContext.${what}`));
  });
}

let measuring: { measureText(text: string): TextMetrics; font: string } | null = null;

function measure(canvases: Canvases, text: string, font: string): TextMetrics | { width: number } {
  measuring ??= canvases.make(1, 1).getContext('2d') as typeof measuring;
  if (measuring === null) return { width: 0 };
  measuring.font = font;
  return measuring.measureText(text);
}
