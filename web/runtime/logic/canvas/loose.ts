/**
 * The oldest canvas API: `createContext` records commands for no canvas, `drawCanvas` carries them out on one. What an
 * app holds in between are marks that say nothing: a command of its own making would reach the browser's context.
 */
import { RecordedContext, type Step } from './recorder';

const steps = new WeakMap<object, Step>();

export class LooseContext extends RecordedContext {
  override getActions(): Step[] {
    return super.getActions().map((step) => {
      const mark = Object.freeze({ kind: step.kind });
      steps.set(mark, step);
      return mark as Step;
    });
  }
}

/** The commands that an app's marks stand for; anything else in the list is left out. */
export function stepsOf(actions: unknown): Step[] {
  const list = Array.isArray(actions) ? actions : [];
  return list
    .map((mark: unknown) => (typeof mark === 'object' && mark !== null ? steps.get(mark) : undefined))
    .filter((step) => step !== undefined);
}
