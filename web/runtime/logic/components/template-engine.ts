/** glass-easel's template engine with our event and WXS hooks put into every instance. */
import type { Element, GeneralBehavior, GeneralComponent, NormalizedComponentOptions, ShadowRoot } from 'glass-easel';
import { Component as TreeComponent, template, type templateEngine } from 'glass-easel';
import type { BackendElement } from '../backend/element';
import { tellSlotNames } from './slot-names';
import type { UpdateWrapper } from './template-code';
import { speedUpUpdates } from './template-update';

tellSlotNames();

export interface TemplateHooks {
  eventListener: template.EventListenerWrapper;
  changeProperty: template.ChangePropFilter;
  /** `worklet:NAME` of an element. */
  worklet: (element: Element, name: string, value: unknown) => void;
  /** Names in a dataset that style sheets select by, and their attributes. */
  styledData: ReadonlyMap<string, string>;
  /** Told of an error in a function that a template calls. */
  callFailed: (error: unknown) => void;
}

/** As far as it is used: the engine's instance holds the object that compiled templates call `R`. */
interface InstanceWithWrapper {
  procGenWrapper?: UpdateWrapper & {
    setEventListenerWrapper(wrapper: template.EventListenerWrapper): void;
    setFnFilter(filter: template.ChangePropFilter): void;
    /** Sets a property of a component or an attribute of a built-in element. */
    r: (element: Element, name: string, value: unknown, ...paths: unknown[]) => void;
    /** Sets a member of the dataset. */
    d: (element: Element, name: string, value: unknown) => void;
    /** Sets a `worklet:` directive. */
    wl: (element: Element, name: string, value: unknown) => void;
  };
}

export class HookedTemplateEngine implements templateEngine.TemplateEngine {
  private readonly inner = new template.GlassEaselTemplateEngine();

  constructor(private readonly hooks: TemplateHooks) {}

  create(behavior: GeneralBehavior, options: NormalizedComponentOptions): templateEngine.Template {
    const inner = this.inner.create(behavior, options);
    const hooks = this.hooks;
    const createInstance = (
      component: GeneralComponent,
      createShadowRoot: (host: GeneralComponent) => ShadowRoot,
    ): templateEngine.TemplateInstance => {
      const instance = inner.createInstance(component, createShadowRoot as never);
      const wrapper = (instance as InstanceWithWrapper).procGenWrapper;
      wrapper?.setEventListenerWrapper(hooks.eventListener);
      wrapper?.setFnFilter(hooks.changeProperty);
      if (wrapper !== undefined) {
        wrapper.r = withHidden(wrapper.r);
        wrapper.wl = hooks.worklet;
        if (hooks.styledData.size > 0) wrapper.d = withAttributes(wrapper.d, hooks.styledData);
        speedUpUpdates(wrapper);
      }
      return instance;
    };
    return { createInstance };
  }
}

/** `hidden` works on every element in WeChat; glass-easel knows it on a component only as a property of its own. */
function withHidden(set: NonNullable<InstanceWithWrapper['procGenWrapper']>['r']): typeof set {
  return (element, name, value, ...paths) => {
    if (name === 'hidden') {
      const component = element.asGeneralComponent();
      if (component !== null && !TreeComponent.hasProperty(component, name)) {
        component.setAttribute(name, value);
        return;
      }
    }
    set(element, name, value, ...paths);
  };
}

/** A composed backend never hears of datasets; what styles select by has to reach the page all the same. */
function withAttributes(
  set: NonNullable<InstanceWithWrapper['procGenWrapper']>['d'],
  styled: TemplateHooks['styledData'],
): typeof set {
  return (element, name, value) => {
    set(element, name, value);
    const attribute = styled.get(name);
    if (attribute !== undefined) (element.getBackendElement() as BackendElement | null)?.setAttribute(attribute, value);
  };
}
