/** A link to another page or app. The logic side navigates; links inside the view do not exist. */
import { ownEvents } from '../protocol';
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { type Activation, Component } from './component';

const defaults = {
  target: 'self',
  url: '',
  openType: 'navigate',
  delta: 1,
  appId: '',
  path: '',
  extraData: null as unknown as null,
  version: 'release',
  shortLink: '',
  name: '',
  args: null as unknown as null,
};
type Values = typeof defaults;

export class Navigator extends Component<Values> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.setAttribute('role', 'link');
    host.tabIndex = 0;
  }

  override activate(activation: Activation): boolean {
    const proof = activation.gesture === undefined ? {} : { gesture: activation.gesture };
    const functional = this.node.tag === 'functional-page-navigator';
    this.context.events.send(this.node, ownEvents.navigate, { ...this.values, functional }, proof);
    // A navigator inside another one is the one that was meant.
    return true;
  }
}
