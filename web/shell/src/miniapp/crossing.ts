/** How one page comes over another and leaves it, where elements of theirs have a part in it. */
import { measureContainer, picture, takeTapped } from '../services/flights';
import { type Direction, flyBetween } from './flights';
import type { Opening } from './opening';
import type { Page } from './page';
import type { Motion } from './surface';

/** The last frames of a flight, milliseconds. */
const landing = 80;

export async function comingMotion(page: Page, below: Page | undefined): Promise<Motion> {
  if (below === undefined) return 'push';
  const container = takeTapped(below);
  const opening = container === undefined ? undefined : await openingOf(below, container);
  if (opening !== undefined) {
    page.container = container;
    return { opening };
  }
  const fade = await flyOver(below, page, 'push');
  return fade === undefined ? 'push' : { fade };
}

export async function leavingMotion(page: Page, revealed: Page | undefined): Promise<Motion> {
  if (revealed === undefined) return 'push';
  const opening = page.container === undefined ? undefined : await openingOf(revealed, page.container);
  if (opening !== undefined) return { opening };
  const fade = await flyOver(page, revealed, 'pop');
  return fade === undefined ? 'push' : { fade };
}

/** Lets shared elements fly over the upper page; gives how long, or undefined where none does. */
export async function flyOver(from: Page, to: Page, direction: Direction, time?: number): Promise<number | undefined> {
  const upper = direction === 'push' ? to : from;
  const duration = await flyBetween(from, to, direction, time);
  if (duration === undefined) return undefined;
  upper.view.setFlying(true);
  setTimeout(() => upper.view.setFlying(false), duration + landing);
  return duration;
}

async function openingOf(page: Page, container: number): Promise<Opening | undefined> {
  const measured = await measureContainer(page, container);
  if (measured === undefined || measured.width === 0 || measured.height === 0) return undefined;
  const top = measured.top + page.view.frameTop();
  return { ...measured, top, picture: await picture(page, container) };
}
