/** Carries an event of the view into glass-easel's tree. Bubbling, catching and capturing happen there. */
import { Event as TreeEvent } from 'glass-easel';
import { ownAttributes } from '../../protocol/operations';
import type { ViewEvent } from '../../protocol/page-port';
import { ownEvents } from '../../protocol/view-methods';
import type { BackendElement } from '../backend/element';
import type { Gestures } from './gesture';
import { climbs, type ViewFields } from './shape';

export interface DispatchHooks {
  gestures: Gestures;
  /** A navigator or a button with an open-type was used. */
  own(event: ViewEvent): void;
  /** Adds what only the worker knows to an event's detail (form values of custom components). */
  complete(element: BackendElement, event: ViewEvent): Record<string, unknown>;
}

export function dispatchViewEvent(element: BackendElement | undefined, event: ViewEvent, hooks: DispatchHooks): void {
  hooks.gestures.receive(event.gesture);
  if (element !== undefined) element.received(event);
  if (event.type.startsWith(ownEvents.modelPrefix)) {
    element?.modelListeners?.get(event.type.slice(ownEvents.modelPrefix.length))?.(event.detail.value);
    return;
  }
  if (event.type === ownEvents.told) {
    element?.told?.(String(event.detail.name), event.detail.value);
    return;
  }
  if (event.type.startsWith('mezze.')) {
    hooks.own(event);
    return;
  }
  const target = element?.__wxElement;
  if (element === undefined || target === undefined) return;
  const up = climbs(event.type);
  const fields: ViewFields = {
    timeStamp: event.timeStamp,
    offset: event.offset ?? { left: 0, top: 0 },
    origin: target,
  };
  if (event.touches !== undefined) fields.touches = event.touches;
  if (event.changedTouches !== undefined) fields.changedTouches = event.changedTouches;
  if (event.type === 'input') fields.answer = (returned) => answerInput(element, returned);
  target.dispatchEvent(
    new TreeEvent(event.type, hooks.complete(element, event), {
      bubbles: up,
      composed: up,
      capturePhase: up,
      originalEvent: fields,
    }),
  );
}

/** A handler of `input` that returns a text, or `{ value, cursor }`, says what the field shall hold. */
function answerInput(element: BackendElement, returned: unknown): void {
  if (element.tag !== 'input' && element.tag !== 'textarea') return;
  if (typeof returned === 'string') {
    element.setAttribute(ownAttributes.inputAnswer, { value: returned });
    return;
  }
  if (typeof returned !== 'object' || returned === null) return;
  const { value, cursor } = returned as Record<string, unknown>;
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const answer = { value: String(value) };
  element.setAttribute(ownAttributes.inputAnswer, typeof cursor === 'number' ? { ...answer, cursor } : answer);
}
