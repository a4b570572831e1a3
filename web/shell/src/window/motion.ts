/** Motion of pages and windows: 180 to 260 ms, cross-fades where the user prefers stillness. */
import { prefersStillness } from '../screens/base';

const easeIn = 'cubic-bezier(0.16, 1, 0.3, 1)';
const easeOut = 'cubic-bezier(0.4, 0, 1, 1)';
export const pageTime = 260;
const fade: Keyframe[] = [{ opacity: 0 }, { opacity: 1 }];

async function run(
  element: Element,
  frames: Keyframe[],
  duration: number,
  easing: string,
  reverse = false,
): Promise<void> {
  const animation = element.animate(frames, {
    duration,
    easing,
    direction: reverse ? 'reverse' : 'normal',
    fill: 'backwards',
  });
  await animation.finished.catch(() => undefined);
}

export async function push(entering: Element, below: Element | undefined): Promise<void> {
  if (prefersStillness()) return run(entering, fade, 180, 'linear');
  const away = below === undefined ? undefined : run(below, slide('0', '-24%'), pageTime, easeIn);
  await Promise.all([run(entering, slide('100%', '0'), pageTime, easeIn), away]);
}

export async function pop(leaving: Element, revealed: Element | undefined): Promise<void> {
  if (prefersStillness()) return run(leaving, fade, 180, 'linear', true);
  const back = revealed === undefined ? undefined : run(revealed, slide('-24%', '0'), pageTime, easeIn);
  await Promise.all([run(leaving, slide('0', '100%'), pageTime, easeIn), back]);
}

function slide(from: string, to: string): Keyframe[] {
  return [{ transform: `translateX(${from})` }, { transform: `translateX(${to})` }];
}

/** A window grows out of the dish that was tapped, or returns into it. */
export async function grow(window_: Element, from: DOMRect | undefined, reverse = false): Promise<void> {
  if (prefersStillness() || from === undefined) return run(window_, fade, 180, 'ease-out', reverse);
  const to = window_.getBoundingClientRect();
  const scale = Math.max(0.08, from.width / to.width);
  const x = from.left + from.width / 2 - (to.left + to.width / 2);
  const y = from.top + from.height / 2 - (to.top + to.height / 2);
  const small = { transform: `translate(${x}px, ${y}px) scale(${scale})`, opacity: 0, borderRadius: '80px' };
  const full = { transform: 'none', opacity: 1, borderRadius: getComputedStyle(window_).borderRadius };
  await run(window_, [small, { opacity: 1, offset: 0.4 }, full], pageTime, reverse ? easeOut : easeIn, reverse);
}
