/** The behaviors that WeChat builds in, by name. */
import type { ComponentSpace, GeneralBehavior } from 'glass-easel';

export const componentExport = 'wx://component-export';

/** Defines the built-in behaviors in a space and returns them by name. */
export function defineBuiltinBehaviors(space: ComponentSpace): Map<string, GeneralBehavior> {
  const behaviors = new Map<string, GeneralBehavior>();
  const define = (name: string, definition: Parameters<ComponentSpace['defineBehavior']>[0]) => {
    behaviors.set(name, space.defineBehavior({ is: name, ...definition }) as unknown as GeneralBehavior);
  };
  // `value: null` and no type: a form field's value may be anything.
  define('wx://form-field', { properties: { name: { type: String, value: '' }, value: { value: null } } });
  define('wx://form-field-group', {});
  define('wx://form-field-button', {});
  define(componentExport, {});
  return behaviors;
}
