/**
 * What the logic side may ask a page frame (`invoke` on the page port) and the events that the frame sends
 * besides those of the dialect. Node 0 is the viewport, node 1 the page's root.
 *
 * | method | node | arguments | value |
 * |---|---|---|---|
 * | `measure` | 0 | `MeasureRequest[]` | `(Record<string, unknown> \| null)[]`, all from one layout |
 * | `boundingClientRect` | any, 0 = viewport | | `{ left, top, right, bottom, width, height }` |
 * | `scrollOffset` | any, 0 = viewport | | `{ scrollLeft, scrollTop, scrollWidth, scrollHeight }` |
 * | `fields` | any, 0 = viewport | `MeasureFields` | the fields asked for |
 * | `pageScrollTo` | 0, or the node to scroll to | `{ scrollTop?, offsetTop?, duration? }` | after the motion |
 * | `startPullDownRefresh`, `stopPullDownRefresh` | 0 | | |
 * | `observe` | the target | `ObserveRequest` | the first report follows as `mezze.intersection` |
 * | `unobserve` | 0 | observer number | |
 * | `observeMedia`, `unobserveMedia` | 0 | observer number, media query text | `mezze.media` on node 1 |
 * | `animate` | any | keyframes, duration in ms or `{ duration, … }` | when the motion ended |
 * | `clearAnimation` | any | list of CSS property names, or none for all | |
 * | `focus`, `blur` | a field | | |
 * | `hideKeyboard` | 0 | | |
 * | `loadFontFace` | 0 | `{ family, data: ArrayBuffer, descriptors }` | once the page has the font |
 * | `selectedTextRange` | 0 | | `{ start, end }` of the focused field |
 * | `scrollTo` | a scroll-view | `{ top?, left?, duration?, animated? }` | |
 * | `scrollIntoView` | a scroll-view | node id of a descendant, `{ offset?, animated? }` | |
 * | `triggerRefresh`, `closeRefresh` | a scroll-view | | |
 * | `canvas` | a canvas, once | | `{ canvas, width, height }`: an `OffscreenCanvas`, transferred, and its size on the page in CSS pixels |
 * | `picture` | 0 | source as `image` takes it | `{ bitmap, width, height }`: an `ImageBitmap`, transferred |
 *
 * Attribute names may be `hover-class` or `hoverClass`. Values of attributes that name classes (`hover-class`,
 * `placeholder-class`, `indicator-class`, `mask-class`) already carry the component's class prefix. A relative
 * `src` is resolved against the page's path: for a component the logic side makes it absolute. `scroll-into-view`
 * names the `id` attribute of a descendant.
 */
export interface MeasureRequest {
  node: number;
  fields: MeasureFields;
}

export interface MeasureFields {
  id?: boolean;
  rect?: boolean;
  size?: boolean;
  scrollOffset?: boolean;
  /** Property names as the maker wrote them; answered under the same names. */
  properties?: string[];
  computedStyle?: string[];
}

export interface ObserveRequest {
  /** Number chosen by the logic side; several targets may share it. */
  observer: number;
  /** Areas whose intersection is the reference; node 0 is the viewport. Margins are CSS pixels, outwards. */
  relativeTo: { node: number; margins?: { left?: number; top?: number; right?: number; bottom?: number } }[];
  thresholds: number[];
  initialRatio: number;
}

/**
 * Events of the frame's own. All but `model` are sent whether or not a listener was registered.
 *
 * | type | node | detail |
 * |---|---|---|
 * | `model:NAME` | node with a model binding of that attribute | `{ value }`; comes before the dialect's own event |
 * | `mezze.navigate` | navigator | its attributes in camel case: `url`, `openType`, `delta`, `target`, `appId`, `path`, … |
 * | `mezze.openType` | button | `openType` and its attributes (`lang`, `sessionFrom`, `appParameter`, …), with `gesture` |
 * | `mezze.intersection` | target | `{ observer, id, intersectionRatio, intersectionRect, boundingClientRect, relativeRect, time }` |
 * | `mezze.media` | 1 | `{ observer, matches }` |
 * | `worklet:NAME` | node with a worklet function of that name (`worklet:ongesture`), which counts as a listener | what the function gets; what a question (`should-response-on-move`) returns comes back as `mezze.answer` |
 * | `mezze.canvasSize` | a canvas that was handed over | `{ width, height }`, CSS pixels, whenever they change |
 * | `mezze.told` | a camera or map | `{ name, value }` for its context object: a camera's `frame`, a map's `markerClusterClick`, … |
 *
 * `submit` of a form carries the values of the built-in fields; the logic side adds those of components with
 * `wx://form-field`. Events that real use repeats quickly (`touchmove`, `scroll`, `changing`, page `scroll`) wait for
 * `seen` of the one before; a logic side that never sends `seen` gets at most one a frame.
 */
export const ownEvents = {
  navigate: 'mezze.navigate',
  openType: 'mezze.openType',
  intersection: 'mezze.intersection',
  media: 'mezze.media',
  canvasSize: 'mezze.canvasSize',
  told: 'mezze.told',
  modelPrefix: 'model:',
  workletPrefix: 'worklet:',
} as const;
