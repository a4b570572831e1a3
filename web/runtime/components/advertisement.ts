/**
 * Places for advertisements and for the account that an app belongs to. This host has neither to show: they take no
 * room and tell the page so, with the code that the original has for it.
 */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component } from './component';

/** What each tag tells; `1004`: no advertisement fits, `4`: the account may not be shown. */
const answers: Record<string, Record<string, unknown>> = {
  ad: { errCode: 1004, errMsg: 'ad:fail no advertisements on this host' },
  'ad-custom': { errCode: 1004, errMsg: 'ad-custom:fail no advertisements on this host' },
  'official-account': { status: 4, errMsg: 'official-account:fail there are no official accounts on this host' },
};

const defaults = { unitId: '', adIntervals: 0, adType: 'banner', adTheme: 'white' };

export class Advertisement extends Component<typeof defaults> {
  #told = false;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.setAttribute('aria-hidden', 'true');
  }

  override connected(): void {
    if (this.#told) return;
    this.#told = true;
    this.emit('error', answers[this.node.tag] ?? {});
  }
}
