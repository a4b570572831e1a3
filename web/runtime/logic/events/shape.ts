/** The event objects that app code gets, in WeChat's shape. */
import type { GeneralComponent, ShadowedEvent } from 'glass-easel';
import type { TouchPoint } from '../../protocol/page-port';
import { nodeOf } from '../components/instance';

/** What a view event adds to glass-easel's own. */
export interface ViewFields {
  timeStamp: number;
  touches?: TouchPoint[];
  changedTouches?: TouchPoint[];
  offset: { left: number; top: number };
  /** The element the view named; its offset is known, those of other elements are not. */
  origin: object;
  /** Takes what a handler returned, for events that a returned value has a meaning for. */
  answer?: (returned: unknown) => void;
}

interface EventTarget {
  id: string;
  dataset: Record<string, unknown>;
  offsetLeft: number;
  offsetTop: number;
}

export interface AppEvent {
  type: string;
  timeStamp: number;
  target: EventTarget;
  currentTarget: EventTarget;
  mark: Record<string, unknown>;
  detail: unknown;
  mut: boolean;
  touches?: TouchPoint[];
  changedTouches?: TouchPoint[];
  _userTap?: boolean;
}

/** Events that climb from the element they happened on; the others stay on it. */
const climbing = new Set([
  'touchstart', 'touchmove', 'touchcancel', 'touchend', 'tap', 'longpress', 'longtap', 'transitionend',
  'animationstart', 'animationiteration', 'animationend', 'touchforcechange',
]); // biome-ignore format: one list

export function climbs(type: string): boolean {
  return climbing.has(type);
}

/** An element or a component's instance, both with `id` and `dataset`. */
interface Identified {
  id: string;
  dataset: Record<string, unknown> | null;
}

function describeTarget(target: Identified, view: ViewFields | undefined): EventTarget {
  const node: unknown = nodeOf(target) ?? target;
  const offset = view !== undefined && view.origin === node ? view.offset : { left: 0, top: 0 };
  // A copy: an app that writes into it does not change the element.
  return { id: target.id, offsetLeft: offset.left, offsetTop: offset.top, dataset: { ...(target.dataset ?? {}) } };
}

/** The event as the handlers of pages and components see it. */
export function appEvent(event: ShadowedEvent<unknown>): AppEvent {
  const view = event.getOriginalEvent() as ViewFields | undefined;
  const shaped: AppEvent = {
    type: event.type,
    timeStamp: view?.timeStamp ?? event.timeStamp,
    target: describeTarget(event.target as unknown as Identified, view),
    currentTarget: describeTarget(event.currentTarget as unknown as Identified, view),
    mark: event.mark ?? {},
    detail: event.detail,
    mut: event.mutatedMarked(),
  };
  addOldMembers(shaped);
  if (view?.touches !== undefined) shaped.touches = view.touches;
  if (view?.changedTouches !== undefined) shaped.changedTouches = view.changedTouches;
  return shaped;
}

/** Members that events of maps have had beside `detail` since before there was one; apps read them there. */
function addOldMembers(event: AppEvent): void {
  const { detail } = event;
  if (typeof detail !== 'object' || detail === null) return;
  const { markerId, controlId, causedBy, type } = detail as Record<string, unknown>;
  const older = event as AppEvent & Record<string, unknown>;
  if (event.type === 'regionchange') {
    // `begin` or `end`, as the original has it in place of the event's name.
    if (typeof type === 'string') event.type = type;
    older.causedBy = causedBy;
  } else if (event.type === 'controltap') older.controlId = controlId;
  else if (/^(marker|callout|label)tap$/.test(event.type)) older.markerId = markerId;
}

export type { GeneralComponent };
