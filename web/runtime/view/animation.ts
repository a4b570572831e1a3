/**
 * The `animation` attribute (what `wx.createAnimation().export()` gives) and `animate`.
 *
 * Input: `{ actions: [{ animates: [{ type: 'rotate', args: [45] }], option: { transformOrigin, transition:
 * { duration, delay, timingFunction } } }] }`. Each action is a step; the steps run one after another as CSS
 * transitions, so that a later style of the app can take over where they stand.
 */
import type { ViewNode } from './node';
import { convertRpx } from './style/text';

interface Step {
  transforms: string;
  properties: [string, string][];
  origin: string;
  duration: number;
  delay: number;
  timing: string;
}

const transformFunctions: Record<string, (args: readonly unknown[]) => string> = {
  matrix: (args) => `matrix(${numbers(args)})`,
  matrix3d: (args) => `matrix3d(${numbers(args)})`,
  rotate: ([angle]) => `rotate(${number(angle)}deg)`,
  rotate3d: ([x, y, z, angle]) => `rotate3d(${number(x)},${number(y)},${number(z)},${number(angle)}deg)`,
  rotateX: ([angle]) => `rotateX(${number(angle)}deg)`,
  rotateY: ([angle]) => `rotateY(${number(angle)}deg)`,
  rotateZ: ([angle]) => `rotateZ(${number(angle)}deg)`,
  scale: ([x, y]) => `scale(${number(x)},${number(y ?? x)})`,
  scale3d: (args) => `scale3d(${numbers(args)})`,
  scaleX: ([x]) => `scaleX(${number(x)})`,
  scaleY: ([y]) => `scaleY(${number(y)})`,
  scaleZ: ([z]) => `scaleZ(${number(z)})`,
  skew: ([x, y]) => `skew(${number(x)}deg,${number(y)}deg)`,
  skewX: ([x]) => `skewX(${number(x)}deg)`,
  skewY: ([y]) => `skewY(${number(y)}deg)`,
  translate: ([x, y]) => `translate(${length(x)},${length(y)})`,
  translate3d: ([x, y, z]) => `translate3d(${length(x)},${length(y)},${length(z)})`,
  translateX: ([x]) => `translateX(${length(x)})`,
  translateY: ([y]) => `translateY(${length(y)})`,
  translateZ: ([z]) => `translateZ(${length(z)})`,
};

const styleNames = new Set(['opacity', 'background-color', 'width', 'height', 'top', 'left', 'bottom', 'right']);

export class AnimationPlayer {
  readonly #running = new WeakMap<ViewNode, number>();

  play(node: ViewNode, element: HTMLElement, value: unknown): void {
    const steps = stepsOf(value);
    const run = (this.#running.get(node) ?? 0) + 1;
    this.#running.set(node, run);
    if (steps.length > 0) this.#next(node, element, steps, 0, run);
  }

  #next(node: ViewNode, element: HTMLElement, steps: Step[], index: number, run: number): void {
    const step = steps[index];
    if (step === undefined || this.#running.get(node) !== run) return;
    // The transition needs a style to start from, so the element is laid out as it stands first.
    void element.offsetWidth;
    const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const duration = reduced ? 0 : step.duration;
    const style = element.style;
    style.setProperty('transition', `all ${duration}ms ${step.timing} ${step.delay}ms`);
    if (step.origin !== '') style.setProperty('transform-origin', step.origin);
    if (step.transforms !== '') style.setProperty('transform', step.transforms);
    for (const [name, text] of step.properties) style.setProperty(name, text);
    if (index + 1 < steps.length) {
      setTimeout(() => this.#next(node, element, steps, index + 1, run), duration + step.delay);
    }
  }
}

function stepsOf(value: unknown): Step[] {
  const actions = isRecord(value) && Array.isArray(value['actions']) ? value['actions'] : [];
  return actions.slice(0, 1000).flatMap((action: unknown) => {
    if (!isRecord(action)) return [];
    const option = isRecord(action['option']) ? action['option'] : {};
    const transition = isRecord(option['transition']) ? option['transition'] : {};
    const step: Step = {
      transforms: '',
      properties: [],
      origin: textOf(option['transformOrigin']),
      duration: number(transition['duration'] ?? option['duration'] ?? 400),
      delay: number(transition['delay'] ?? option['delay'] ?? 0),
      timing: textOf(transition['timingFunction'] ?? option['timingFunction']) || 'linear',
    };
    for (const animate of Array.isArray(action['animates']) ? action['animates'] : []) addTo(step, animate);
    return [step];
  });
}

function addTo(step: Step, animate: unknown): void {
  if (!isRecord(animate) || !Array.isArray(animate['args'])) return;
  const type = textOf(animate['type']);
  const args: unknown[] = animate['args'];
  if (type === 'style') {
    const name = textOf(args[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (styleNames.has(name))
      step.properties.push([name, convertRpx(name === 'opacity' ? String(args[1]) : lengthOrText(args[1]))]);
    return;
  }
  if (Object.hasOwn(transformFunctions, type)) step.transforms += `${transformFunctions[type]?.(args) ?? ''} `;
}

function lengthOrText(value: unknown): string {
  return typeof value === 'number' ? `${value}px` : textOf(value);
}

function length(value: unknown): string {
  return typeof value === 'string' ? convertRpx(value).replace(/[^\w.%+-]/g, '') : `${number(value)}px`;
}

function number(value: unknown): number {
  const parsed = typeof value === 'string' ? Number.parseFloat(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : 0;
}

function numbers(args: readonly unknown[]): string {
  return args.map(number).join(',');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** `animate(keyframes, duration)`: keyframes in the dialect's names (`rotate`, `offset`, `ease`, CSS properties). */
export function animate(element: HTMLElement, keyframes: unknown, timing: unknown): Promise<void> {
  const frames = (Array.isArray(keyframes) ? keyframes : []).slice(0, 1000).map(keyframeOf);
  const options = isRecord(timing) ? timing : { duration: timing };
  const animation = element.animate(frames, { duration: number(options['duration']), fill: 'forwards' });
  return animation.finished.then(
    () => undefined,
    () => undefined,
  );
}

function keyframeOf(given: unknown): Keyframe {
  const frame: Keyframe = {};
  if (!isRecord(given)) return frame;
  let transform = '';
  for (const [name, value] of Object.entries(given)) {
    if (Object.hasOwn(transformFunctions, name)) {
      transform += `${transformFunctions[name]?.(Array.isArray(value) ? value : [value]) ?? ''} `;
    } else if (name === 'offset') frame.offset = number(value);
    else if (name === 'ease') frame.easing = textOf(value) || 'linear';
    else if ((typeof value === 'string' || typeof value === 'number') && !/url\(/i.test(String(value))) {
      frame[name] = typeof value === 'string' ? convertRpx(value) : value;
    }
  }
  if (transform !== '') frame['transform'] = transform;
  return frame;
}
