/**
 * What `context()` and `node()` of a selector query give for an element, by its tag. Canvases have a way of their own
 * (`logic/canvas`). A tag whose context is missing here has none: the query answers null.
 */
import type { Element } from 'glass-easel';
import type { ApiContext } from '../api/context';
import type { OpenPage } from '../app/page';
import type { BackendElement } from '../backend/element';
import { CameraContext } from './camera';
import { DraggableSheetContext } from './draggable-sheet';
import { EditorContext } from './editor';
import { presentTarget } from './late';
import { livePlayerContext, livePusherContext } from './live';
import { mapContext } from './map';
import { ScrollViewContext } from './scroll-view';
import { SelectionContext } from './selection';
import { SnapshotNode } from './snapshot';
import { ContextTarget } from './target';
import { AudioContext, VideoContext } from './video';

interface Makers {
  context?: (target: ContextTarget) => unknown;
  node?: (target: ContextTarget) => unknown;
}

const makers: Readonly<Record<string, Makers>> = {
  audio: { context: (target) => new AudioContext(presentTarget(target)) },
  camera: { context: (target) => new CameraContext(presentTarget(target)) },
  'draggable-sheet': { node: (target) => new DraggableSheetContext(target) },
  editor: { context: (target) => new EditorContext(target) },
  'live-player': { context: (target) => livePlayerContext(presentTarget(target)) },
  'live-pusher': { context: (target) => livePusherContext(presentTarget(target)) },
  map: { context: (target) => mapContext(presentTarget(target)) },
  'scroll-view': { node: (target) => new ScrollViewContext(target) },
  selection: {
    context: (target) => new SelectionContext(target),
    node: (target) => new SelectionContext(target),
  },
  snapshot: { node: (target) => new SnapshotNode(target) },
  video: { context: (target) => new VideoContext(presentTarget(target)) },
};

/** One object an element and kind, as in WeChat: apps compare them. */
const made = new WeakMap<Element, { context?: unknown; node?: unknown }>();

export function elementContext(api: ApiContext, page: OpenPage, element: Element, kind: 'context' | 'node'): unknown {
  const backend = element.getBackendElement() as BackendElement | null;
  if (backend === null || !Object.hasOwn(makers, backend.tag)) return null;
  const make = makers[backend.tag]?.[kind];
  if (make === undefined) return null;
  const known = made.get(element) ?? {};
  made.set(element, known);
  known[kind] ??= make(new ContextTarget(api, page, element, backend.id));
  return known[kind];
}
