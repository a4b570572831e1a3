/** Values of custom components in a form: those with the behavior `wx://form-field` count as fields. */
import { Element, type Node } from 'glass-easel';

/** Values by name of the form-field components in the composed tree below an element. */
export function formFieldValues(form: Element): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const visit = (node: Node): void => {
    const element = Element.isElement(node) ? node : null;
    if (element === null) return;
    const component = element.asGeneralComponent();
    if (component?.hasBehavior('wx://form-field')) {
      const { name, value } = component.data as { name?: unknown; value?: unknown };
      if (typeof name === 'string' && name !== '') values[name] = value;
    }
    element.forEachComposedChild((child) => {
      visit(child);
    });
  };
  visit(form);
  return values;
}
