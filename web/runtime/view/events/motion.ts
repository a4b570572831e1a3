/** Transition and animation events of style sheets, reported where someone listens. */
import { nearestViewNode } from '../node';
import type { EventSender } from './sender';

const types = ['transitionend', 'animationstart', 'animationiteration', 'animationend'] as const;

export function reportMotion(events: EventSender): void {
  for (const type of types) {
    document.addEventListener(type, (event) => {
      const node = nearestViewNode(event.target);
      // Parts of components move too; only what the app drew is its business.
      if (node === null || node.element !== event.target || !events.listeners.wanted(node, type)) return;
      const detail: Record<string, unknown> = { elapsedTime: event.elapsedTime };
      if (event instanceof AnimationEvent) detail['animationName'] = event.animationName;
      else if (event instanceof TransitionEvent) detail['propertyName'] = event.propertyName;
      events.send(node, type, detail);
    });
  }
}
