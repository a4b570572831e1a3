/**
 * The element behind a context that an app makes before its page is drawn (`createVideoContext` in `onLoad`): looked
 * for anew with every call, in the page or component that it was made for.
 */
import type { Element } from 'glass-easel';
import type { ApiContext } from '../api/context';
import type { BackendElement } from '../backend/element';
import { nodeOf } from '../components/instance';
import { selectAll } from '../components/select';
import { ContextTarget } from './target';

/** What context objects need of the element that they stand for. */
export type Target = Pick<ContextTarget, 'api' | 'ask' | 'tell' | 'end'> & {
  /** What the frame tells the context of this element; one listener an element. */
  listen(listener: ((name: string, value: unknown) => void) | undefined): void;
};

/** A target that is there already, as a selector query found it. */
export function presentTarget(target: ContextTarget): Target {
  const backend = target.element.getBackendElement() as BackendElement;
  return {
    api: target.api,
    ask: (method, ...args) => target.ask(method, ...args),
    tell: (method, ...args) => target.tell(method, ...args),
    end: (name, options, run) => target.end(name, options, run),
    listen: (listener) => {
      backend.told = listener;
    },
  };
}

/** The element with a tag and an id, or the first with the tag where no id is given. */
export function lateTarget(api: ApiContext, tag: string, id: string | undefined, scope: unknown): Target {
  const made = api.pages.current;
  const find = (): ContextTarget | undefined => {
    const page = made ?? api.pages.current;
    const component = nodeOf(scope) ?? page?.component;
    const element = selectAll(component, tag).find((candidate) => id === undefined || candidate.id === id);
    const backend = element?.getBackendElement() as BackendElement | null | undefined;
    const at = (component && api.pages.pageOf(component)) ?? page;
    if (element === undefined || !backend || at === undefined) return undefined;
    return new ContextTarget(api, at, element as Element, backend.id);
  };
  const missing = () =>
    new Error(
      id === undefined
        ? `there is no <${tag}> on the page`
        : `there is no <${tag} id="${id}"> in the page or component`,
    );
  let listener: ((name: string, value: unknown) => void) | undefined;
  const found = async (): Promise<ContextTarget> => {
    // As in the selector query: what the rest of the app's turn sets counts.
    await Promise.resolve();
    const target = find();
    if (target === undefined) throw missing();
    if (listener !== undefined) (target.element.getBackendElement() as BackendElement).told = listener;
    return target;
  };
  const ask = async (method: string, ...args: unknown[]) => (await found()).ask(method, ...args);
  return {
    api,
    ask,
    tell(method, ...args) {
      ask(method, ...args).catch((reason: unknown) =>
        api.reporter.warn(`${tag} ${method}: ${reason instanceof Error ? reason.message : String(reason)}`),
      );
    },
    end: (name, options, run) => ContextTarget.prototype.end.call({ api } as ContextTarget, name, options, run),
    listen(wanted) {
      listener = wanted;
      const target = find();
      if (target !== undefined) (target.element.getBackendElement() as BackendElement).told = wanted;
    },
  };
}

/** A context whose methods go to the component one by one, with `success`, `fail` and `complete`. */
export function endingMethod(target: Target, name: string, method = name) {
  return (options?: unknown): Promise<unknown> | undefined =>
    target.end(name, options, async (args) => {
      const value = await target.ask(method, args);
      return typeof value === 'object' && value !== null ? { ...(value as Record<string, unknown>) } : {};
    });
}
