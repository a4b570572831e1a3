/** What WXS code gets of a component or element: it can style it, read it and call its component's methods. */
import type { Element, GeneralComponent } from 'glass-easel';
import { selectAll, selectOne } from '../components/select';

type Members = Record<string, unknown>;

/** Own segments, so that what WXS sets does not overwrite what the template sets. */
const styleSegment = 1;
const states = new WeakMap<Element, Members>();
const descriptors = new WeakMap<Element, Members>();

export function componentDescriptor(component: GeneralComponent): Members {
  return elementDescriptor(component);
}

/** One descriptor an element: WXS keeps them and compares them. */
export function elementDescriptor(element: Element): Members {
  let descriptor = descriptors.get(element);
  if (descriptor === undefined) {
    descriptor = makeDescriptor(element);
    descriptors.set(element, descriptor);
  }
  return descriptor;
}

function makeDescriptor(element: Element): Members {
  const scope = (): GeneralComponent | undefined =>
    element.asGeneralComponent() ?? element.ownerShadowRoot?.getHostNode() ?? undefined;
  return {
    selectComponent: (selector: unknown) => {
      const found = selectOne(scope(), selector);
      return found === undefined ? null : elementDescriptor(found);
    },
    selectAllComponents: (selector: unknown) => selectAll(scope(), selector).map(elementDescriptor),
    setStyle: (style: unknown) => element.setNodeStyle(styleText(style), styleSegment as never),
    addClass: (name: unknown) => element.toggleNodeClass(String(name), true, styleSegment as never),
    removeClass: (name: unknown) => element.toggleNodeClass(String(name), false, styleSegment as never),
    hasClass: (name: unknown) =>
      [0, styleSegment].some((segment) => element.classList?.contains(String(name), segment as never) === true),
    getDataset: () => ({ ...element.dataset }),
    callMethod: (name: unknown, argument: unknown) => scope()?.callMethod(String(name), argument),
    triggerEvent: (name: unknown, detail: unknown, options?: object) =>
      element.triggerEvent(String(name), detail ?? {}, options ?? {}),
    requestAnimationFrame: (callback: () => void) => setTimeout(callback, 16),
    setTimeout: (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds),
    clearTimeout: (timer: ReturnType<typeof setTimeout>) => clearTimeout(timer),
    getState: () => {
      let state = states.get(element);
      if (state === undefined) {
        state = {};
        states.set(element, state);
      }
      return state;
    },
  };
}

function styleText(style: unknown): string {
  if (typeof style !== 'object' || style === null) return String(style ?? '');
  return Object.entries(style)
    .map(([name, value]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${String(value)}`)
    .join(';');
}
