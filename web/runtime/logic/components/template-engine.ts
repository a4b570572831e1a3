/** glass-easel's template engine with our event and WXS hooks put into every instance. */
import type { GeneralBehavior, GeneralComponent, NormalizedComponentOptions, ShadowRoot } from 'glass-easel';
import { template, type templateEngine } from 'glass-easel';

export interface TemplateHooks {
  eventListener: template.EventListenerWrapper;
  changeProperty: template.ChangePropFilter;
}

/** As far as it is used: the engine's instance holds the object that compiled templates call `R`. */
interface InstanceWithWrapper {
  procGenWrapper?: {
    setEventListenerWrapper(wrapper: template.EventListenerWrapper): void;
    setFnFilter(filter: template.ChangePropFilter): void;
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
      return instance;
    };
    return { createInstance };
  }
}
