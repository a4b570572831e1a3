/** Carries out recorded commands on the browser's context. A command that it refuses is said and passed over. */
import { RecordedPaint } from './paint';
import { type Step, sourceOf } from './recorder';

type Context = OffscreenCanvasRenderingContext2D & Record<string, unknown>;

/** `refused` hears of commands that could not be carried out. */
export function replay(
  raw: OffscreenCanvasRenderingContext2D,
  steps: readonly Step[],
  refused: (what: string) => void,
): void {
  const context = raw as Context;
  const base = context.getTransform();
  let depth = 1;
  context.save();
  for (const step of steps) {
    try {
      if (step.kind === 'call') {
        if (step.name === 'restore' && depth <= 1) continue;
        depth += step.name === 'save' ? 1 : step.name === 'restore' ? -1 : 0;
        call(context, step.name, step.args, base);
      } else if (step.kind === 'set') set(context, step.name, step.value);
      else picture(context, step);
    } catch (error) {
      const name = step.kind === 'picture' ? 'drawImage' : step.name;
      refused(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  for (; depth > 0; depth -= 1) context.restore();
}

function call(context: Context, name: string, args: unknown[], base: DOMMatrix): void {
  if (name === 'setTransform') {
    // In the app's own pixels, as everything it says.
    context.setTransform(base);
    name = 'transform';
  }
  // A missing last argument (`fillText` without a width) must stay missing.
  const given = args.slice();
  while (given.length > 0 && given.at(-1) === undefined) given.pop();
  (context[name] as (...args: unknown[]) => unknown).apply(context, given);
}

function set(context: Context, name: string, value: unknown): void {
  if (value instanceof RecordedPaint) {
    const paint = value.make(context, sourceOf);
    if (paint !== null) (context as Record<string, unknown>)[name] = paint;
  } else (context as Record<string, unknown>)[name] = value;
}

function picture(context: Context, step: Extract<Step, { kind: 'picture' }>): void {
  const source = sourceOf(step.image ?? step.source);
  if (source === null) return;
  const [a = 0, b = 0, c, d, e, f, g, h] = step.args;
  if (c === undefined || d === undefined) context.drawImage(source, a, b);
  else if (e === undefined || f === undefined || g === undefined || h === undefined)
    context.drawImage(source, a, b, c, d);
  else context.drawImage(source, a, b, c, d, e, f, g, h);
}
