/** A label: a tap on it acts on the control that it names or, without a name, on the first one inside. */
import type { ViewContext } from '../view/context';
import { type ViewNode, viewNodeOf } from '../view/node';
import { type Activation, Component } from './component';

const defaults = { for: '' };
const controls = 'mz-button,mz-checkbox,mz-radio,mz-switch,mz-input,mz-textarea';

export class Label extends Component<typeof defaults> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    // The press that follows a touch would take the focus away from the field that the touch gave it to.
    host.addEventListener('mousedown', (event) => {
      const inField = event.target instanceof Element && event.target.closest('input,textarea') !== null;
      if (!inField && this.#control()?.matches('mz-input,mz-textarea')) event.preventDefault();
    });
  }

  override activate(activation: Activation): boolean {
    const control = this.#control();
    if (control === null || control.contains(activation.target.dom)) return false;
    const node = viewNodeOf(control);
    if (node?.component == null || node.component.disabled()) return false;
    if (node.tag === 'button' && this.context.events.listeners.wanted(node, 'tap')) {
      const gesture = activation.gesture === undefined ? {} : { gesture: activation.gesture };
      this.context.events.send(node, 'tap', activation.detail, { touches: [], changedTouches: [], ...gesture });
    }
    return node.component.activate({ ...activation, target: node });
  }

  #control(): Element | null {
    if (this.values.for === '') return this.host.querySelector(controls);
    const named = document.getElementById(this.values.for);
    return named?.matches(controls) ? named : null;
  }
}
