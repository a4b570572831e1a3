/** Motion of pages and windows: 180 to 260 ms, cross-fades where the user prefers stillness. */
import type { Opening } from '../miniapp/opening';
import type { Motion } from '../miniapp/surface';
import { prefersStillness } from '../screens/base';
import type { PageElement } from './page-element';
import { unfold } from './unfold';

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

/** Brings a page over the one below, in the way that was chosen. */
export async function comes(entering: PageElement, below: Element | undefined, motion: Motion): Promise<void> {
  if (motion === 'push') await push(entering, below);
  else if (typeof motion === 'object' && 'fade' in motion) await seeThrough(entering, motion.fade, false);
  else if (typeof motion === 'object') await open(entering, motion.opening, false);
}

/** Takes a page away; the one below is there already. */
export async function leaves(leaving: PageElement, revealed: Element | undefined, motion: Motion): Promise<void> {
  if (motion === 'push') await pop(leaving, revealed);
  else if (typeof motion === 'number') await new Promise((resolve) => setTimeout(resolve, motion));
  else if (typeof motion === 'object' && 'fade' in motion) await seeThrough(leaving, motion.fade, true);
  else if (typeof motion === 'object') await open(leaving, motion.opening, true);
}

async function open(page: PageElement, opening: Opening, reverse: boolean): Promise<void> {
  if (prefersStillness()) await run(page, fade, 180, 'linear', reverse);
  else await unfold(page, opening, reverse);
}

/** Fades the page without what flies in its frame. */
async function seeThrough(page: PageElement, duration: number, reverse: boolean): Promise<void> {
  const start = performance.now();
  const part = () => (duration <= 0 ? 1 : Math.min(1, (performance.now() - start) / duration));
  for (let at = 0; at < 1; at = part()) {
    page.setRouteStyle({ opacity: String(reverse ? 1 - at : at) });
    await new Promise(requestAnimationFrame);
  }
  page.setRouteStyle(reverse ? { opacity: '0' } : {});
}

async function push(entering: Element, below: Element | undefined): Promise<void> {
  if (prefersStillness()) return run(entering, fade, 180, 'linear');
  const away = below === undefined ? undefined : run(below, slide('0', '-24%'), pageTime, easeIn);
  await Promise.all([run(entering, slide('100%', '0'), pageTime, easeIn), away]);
}

async function pop(leaving: Element, revealed: Element | undefined): Promise<void> {
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
