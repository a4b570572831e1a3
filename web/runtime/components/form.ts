/** A form: collects the named fields inside it on submit, sets them back on reset. */
import type { ViewContext } from '../view/context';
import { type ViewNode, viewNodeOf } from '../view/node';
import { Component, type FormField, isFormField } from './component';

const defaults = { reportSubmit: false, reportSubmitTimeout: 0 };

export class Form extends Component<typeof defaults> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.setAttribute('role', 'form');
  }

  submit(gesture: string | undefined): void {
    const value: Record<string, unknown> = {};
    for (const field of this.#fields()) if (field.fieldName !== '') value[field.fieldName] = field.fieldValue();
    const detail: Record<string, unknown> = { value };
    if (this.values.reportSubmit) detail['formId'] = 'the formId is a mock one';
    this.context.events.component(this.node, 'submit', detail, gesture === undefined ? {} : { gesture });
  }

  reset(): void {
    for (const field of this.#fields()) field.resetField();
    this.emit('reset');
  }

  #fields(): FormField[] {
    const fields: FormField[] = [];
    for (const element of this.host.querySelectorAll('*')) {
      const component = viewNodeOf(element)?.component ?? null;
      if (isFormField(component)) fields.push(component);
    }
    return fields;
  }
}

export function formAround(node: ViewNode): Form | null {
  for (let at = node.parent; at !== null; at = at.parent) {
    const component: unknown = at.component;
    if (component instanceof Form) return component;
  }
  return null;
}
