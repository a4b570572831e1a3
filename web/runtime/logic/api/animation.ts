/**
 * `createAnimation`: records steps and exports them as the value of an element's `animation` attribute:
 * `{ actions: [{ animates: [{ type, args }], option: { transformOrigin, transition: {…} } }] }`.
 */

interface Action {
  animates: { type: string; args: unknown[] }[];
  option: { transformOrigin: string; transition: { duration: number; timingFunction: string; delay: number } };
}

interface Options {
  duration?: number;
  timingFunction?: string;
  delay?: number;
  transformOrigin?: string;
}

const transforms = [
  'matrix', 'matrix3d', 'rotate', 'rotate3d', 'rotateX', 'rotateY', 'rotateZ', 'scale', 'scale3d', 'scaleX', 'scaleY',
  'scaleZ', 'skew', 'skewX', 'skewY', 'translate', 'translate3d', 'translateX', 'translateY', 'translateZ',
]; // biome-ignore format: one list
const styles: Record<string, string> = {
  opacity: 'opacity',
  backgroundColor: 'background-color',
  width: 'width',
  height: 'height',
  top: 'top',
  left: 'left',
  bottom: 'bottom',
  right: 'right',
};

type Animation = Record<string, (...args: unknown[]) => unknown>;

export function createAnimation(options: Options = {}): Animation {
  let actions: Action[] = [];
  let steps: Action['animates'] = [];
  const animation: Animation = {
    step: (own) => {
      const { duration, timingFunction, delay, transformOrigin } = { ...options, ...(own as Options | undefined) };
      const transition = { duration: duration ?? 400, timingFunction: timingFunction ?? 'linear', delay: delay ?? 0 };
      actions.push({ animates: steps, option: { transformOrigin: transformOrigin ?? '50% 50% 0', transition } });
      steps = [];
      return animation;
    },
    export: () => {
      const exported = { actions };
      actions = [];
      return exported;
    },
  };
  for (const type of transforms) {
    animation[type] = (...args) => {
      steps.push({ type, args });
      return animation;
    };
  }
  for (const [method, property] of Object.entries(styles)) {
    animation[method] = (value) => {
      const length = typeof value === 'number' && method !== 'opacity' ? `${value}px` : value;
      steps.push({ type: 'style', args: [property, length] });
      return animation;
    };
  }
  return animation;
}
