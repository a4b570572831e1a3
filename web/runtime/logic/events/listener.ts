/**
 * How listeners of templates are called: app methods get an event in WeChat's shape, WXS functions get the event and
 * a descriptor of the component they belong to.
 */
import type { Element, GeneralComponent, ShadowedEvent } from 'glass-easel';
import { nodeOf } from '../components/instance';
import type { TemplateHooks } from '../components/template-engine';
import type { Reporter } from '../support/reporter';
import { componentDescriptor, elementDescriptor } from './descriptor';
import { appEvent, type ViewFields } from './shape';

/** First item of a lvalue path where the value comes from the component's data; scripts have 1 and 2. */
const fromData = 0;

type Path = readonly (string | number)[] | null | undefined;

function isScript(path: Path): boolean {
  return Array.isArray(path) && typeof path[0] === 'number' && path[0] !== fromData;
}

/**
 * A function that is none of the component's members can only be a script's: `bindtap="{{off || script.tap}}"` names
 * it by an expression, for which the template compiler gives no path.
 */
function isForeign(caller: unknown, listener: unknown, path: Path): boolean {
  if (path !== undefined && path !== null) return false;
  const methods = nodeOf(caller)?.getComponentDefinition().behavior.getMethods();
  if (methods === undefined || Object.values(methods).includes(listener as never)) return false;
  // A page's functions are bound to it, and apps put handlers on an instance themselves.
  return !Object.values(caller as object).includes(listener);
}

export function templateHooks(
  reporter: Reporter,
  later: (callback: () => void) => void,
  worklet: TemplateHooks['worklet'],
  styledData: readonly string[] = [],
): TemplateHooks {
  return {
    worklet,
    styledData: new Map(styledData.map((name) => [dataName(name), `data-${name}`])),
    callFailed: (error) => reporter.line('error', [error], error instanceof Error ? error.stack : undefined),
    eventListener(caller, event, listener, path) {
      const call = listener as unknown as (this: unknown, ...args: unknown[]) => unknown;
      if (!isScript(path as Path) && !isForeign(caller, call, path as Path)) {
        const returned = reporter.guard(`event "${event.type}"`, () => call.call(caller, appEvent(event)));
        (event.getOriginalEvent() as ViewFields | undefined)?.answer?.(returned);
        return undefined;
      }
      const owner = nodeOf(caller);
      const shaped = { ...appEvent(event), instance: descriptorOf(event.currentTarget) };
      const result = reporter.guard(`WXS event "${event.type}"`, () =>
        call.call(undefined, shaped, owner === undefined ? undefined : componentDescriptor(owner)),
      );
      return result === false ? false : undefined;
    },
    changeProperty: (listener, path) => {
      if (!isScript(path as Path)) return listener;
      const call = listener as unknown as (...args: unknown[]) => void;
      return ((value: unknown, before: unknown, host: GeneralComponent, element: Element) => {
        // Elements below this one are made after its properties are set, and the function may look for them.
        later(() =>
          reporter.guard(`WXS change of a property (${host.is})`, () =>
            call(value, before, componentDescriptor(host), elementDescriptor(element)),
          ),
        );
      }) as typeof listener;
    },
  };
}

function descriptorOf(target: ShadowedEvent<unknown>['currentTarget']): unknown {
  return elementDescriptor(nodeOf(target) ?? (target as unknown as Element));
}

/** `weui-theme` as the dataset has it: `weuiTheme`. */
function dataName(attribute: string): string {
  return attribute.toLowerCase().replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
