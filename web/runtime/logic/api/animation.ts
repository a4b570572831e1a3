/**
 * `createAnimation`: records steps and exports them as the value of an element's `animation` attribute:
 * `{ actions: [{ animates: [{ type, args }], option: { transformOrigin, transition: {…} } }] }`. As in WeChat, a step
 * holds what the steps before it set as well, those that were exported too: a second turn keeps the first one's place.
 */

interface Animate {
  type: string;
  args: unknown[];
}

interface Action {
  animates: Animate[];
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

/** What an animation has done and is to do. Apps read and set these: they are in plain sight in the original too. */
interface State {
  option: Action['option'];
  actions: Action[];
  /** The last of each kind, over all steps so far: a step says all that holds from then on. */
  currentTransform: Record<string, Animate>;
  currentStepAnimates: Animate[];
}

type Method = (this: Animation | undefined, ...args: unknown[]) => unknown;
/** Methods are members of its own that find their object by `this`: they work on a copy, such as the one in `this.data`. */
type Animation = State & Record<string, unknown>;

export function createAnimation(options: Options = {}): Animation {
  const animation = {
    option: optionOf(options, { transformOrigin: '50% 50% 0', transition: standard }),
    actions: [],
    currentTransform: {},
    currentStepAnimates: [],
  } as State as Animation;
  const define = (name: string, run: (state: Animation, ...args: unknown[]) => unknown) => {
    const method: Method = function (...args) {
      return run(this ?? animation, ...args);
    };
    animation[name] = method;
  };
  define('step', (state, own) => {
    for (const animate of state.currentStepAnimates) state.currentTransform[kindOf(animate)] = animate;
    const option = optionOf((own ?? {}) as Options, state.option);
    state.actions.push({ animates: Object.values(state.currentTransform), option });
    state.currentStepAnimates = [];
    return state;
  });
  define('export', (state) => {
    const { actions } = state;
    state.actions = [];
    return { actions };
  });
  for (const type of transforms) {
    define(type, (state, ...args) => {
      state.currentStepAnimates.push({ type, args });
      return state;
    });
  }
  for (const [method, property] of Object.entries(styles)) {
    define(method, (state, value) => {
      const length = typeof value === 'number' && method !== 'opacity' ? `${value}px` : value;
      state.currentStepAnimates.push({ type: 'style', args: [property, length] });
      return state;
    });
  }
  return animation;
}

const standard: Action['option']['transition'] = { duration: 400, timingFunction: 'linear', delay: 0 };

function optionOf(options: Options, otherwise: Action['option']): Action['option'] {
  const { transition } = otherwise;
  return {
    transformOrigin: options.transformOrigin ?? otherwise.transformOrigin,
    transition: {
      duration: options.duration ?? transition.duration,
      timingFunction: options.timingFunction ?? transition.timingFunction,
      delay: options.delay ?? transition.delay,
    },
  };
}

/** Styles go by their property, transforms by their function. */
function kindOf({ type, args }: Animate): string {
  return type === 'style' ? `${type}.${args[0]}` : type;
}
