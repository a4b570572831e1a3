/** What checkboxes, radios and switches share: a mark that is set or not, reachable by keyboard, in a form or a group. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { type Activation, Component } from './component';
import type { PropertyValues } from './properties';

export interface ChoiceValues extends PropertyValues {
  value: string;
  checked: boolean;
  disabled: boolean;
  name: string;
}

export abstract class Choice<Values extends ChoiceValues> extends Component<Values> {
  /** What reset goes back to: the state that the page first gave it. */
  #initial: boolean | null = null;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext, defaults: Values, role: string) {
    super(node, host, context, defaults);
    host.setAttribute('role', role);
    host.setAttribute('aria-checked', 'false');
    host.tabIndex = 0;
  }

  protected abstract show(): void;
  /** The user changed it. */
  protected abstract toggled(): void;

  protected override owns(name: string): boolean {
    return name === 'checked';
  }

  override connected(): void {
    this.#initial ??= this.values.checked;
  }

  protected override update(name: keyof Values & string): void {
    if (name === 'disabled') {
      this.host.setAttribute('aria-disabled', String(this.values.disabled));
      this.host.tabIndex = this.values.disabled ? -1 : 0;
    }
    this.#refresh();
  }

  override activate(_activation: Activation): boolean {
    if (!this.values.disabled) this.toggled();
    return true;
  }

  setChecked(checked: boolean): void {
    this.values.checked = checked;
    this.#refresh();
  }

  resetField(): void {
    this.setChecked(this.#initial ?? false);
  }

  #refresh(): void {
    this.host.toggleAttribute('checked', this.values.checked);
    this.host.setAttribute('aria-checked', String(this.values.checked));
    this.show();
  }
}

/** Components of a kind inside an element, in document order. */
export function within<Kind>(
  host: HTMLElement,
  selector: string,
  componentOf: (element: Element) => Kind | null,
): Kind[] {
  return [...host.querySelectorAll(selector)].flatMap((element) => {
    const component = componentOf(element);
    return component === null ? [] : [component];
  });
}

/** The nearest component above a node that is of a kind. */
export function above<Kind>(node: ViewNode, kind: (component: unknown) => component is Kind): Kind | null {
  for (let at = node.parent; at !== null; at = at.parent) if (kind(at.component)) return at.component;
  return null;
}
