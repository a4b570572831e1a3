/** A button: submits or resets its form, asks the host for what `open-type` names. */
import { ownEvents } from '../protocol';
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { type Activation, Component } from './component';
import { formAround } from './form';

const defaults = {
  size: 'default',
  type: 'default',
  plain: false,
  disabled: false,
  loading: false,
  formType: '',
  openType: '',
  lang: 'en',
  sessionFrom: '',
  sendMessageTitle: '',
  sendMessagePath: '',
  sendMessageImg: '',
  showMessageCard: false,
  appParameter: '',
  phoneNumberNoQuotaToast: true,
  needShowEntrance: true,
  entrancePath: '',
};
type Values = typeof defaults;

export class Button extends Component<Values> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.setAttribute('role', 'button');
    host.tabIndex = 0;
  }

  protected override update(name: keyof Values): void {
    if (name === 'disabled') {
      this.host.setAttribute('aria-disabled', String(this.values.disabled));
      this.host.tabIndex = this.values.disabled ? -1 : 0;
    } else if (name === 'loading') this.host.setAttribute('aria-busy', String(this.values.loading));
  }

  override disabled(): boolean {
    return this.values.disabled;
  }

  override activate(activation: Activation): boolean {
    const { formType, openType } = this.values;
    if (openType !== '') {
      const { size: _size, type: _type, plain: _plain, disabled: _disabled, loading: _loading, ...asked } = this.values;
      const proof = activation.gesture === undefined ? {} : { gesture: activation.gesture };
      this.context.events.send(this.node, ownEvents.openType, asked, proof);
    }
    if (formType === 'submit') formAround(this.node)?.submit(activation.gesture);
    else if (formType === 'reset') formAround(this.node)?.reset();
    return false;
  }
}
