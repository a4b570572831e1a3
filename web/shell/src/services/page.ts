/** What tags of a page settle about the page as a whole: its bar, its window, and who is asked first on the way back. */
import type { WindowConfig } from '../../../runtime/protocol';
import { barMotion } from '../miniapp/bar-motion';
import { ApiFailure } from '../miniapp/failure';
import type { Page } from '../miniapp/page';
import { safeColour } from '../miniapp/theme';
import type { Service } from './index';

/** Components that close before their page does, the last one first. */
const holding = new WeakMap<Page, number[]>();

export const pageServices: Record<string, Service> = {
  'back.hold': ({ page, node }, { held }) => {
    const others = (holding.get(page) ?? []).filter((one) => one !== node);
    holding.set(page, held === true ? [...others, node].slice(-100) : others);
  },
  'page.bar': ({ page }, { title, loading, frontColor, backgroundColor, duration, timing }) => {
    const settings: WindowConfig = {};
    if (title !== undefined) settings.navigationBarTitleText = String(title).slice(0, 1000);
    if (frontColor !== undefined) {
      settings.navigationBarTextStyle = String(frontColor).toLowerCase() === '#ffffff' ? 'white' : 'black';
    }
    if (backgroundColor !== undefined) settings.navigationBarBackgroundColor = colour(backgroundColor);
    if (loading !== undefined) page.loading = loading === true;
    page.barMotion = barMotion(duration, timing);
    page.setWindow(settings);
  },
  'page.lift': ({ page }, { distance }) => {
    page.lift = Math.max(0, Math.min(window.innerHeight, Math.round(Number(distance) || 0)));
    page.changed();
  },
  'page.window': ({ page }, args) => {
    const settings: WindowConfig = {};
    for (const name of ['backgroundColor', 'backgroundColorTop', 'backgroundColorBottom'] as const) {
      if (args[name] !== undefined) settings[name] = colour(args[name]);
    }
    const { backgroundTextStyle, pageOrientation } = args;
    if (backgroundTextStyle !== undefined) settings.backgroundTextStyle = String(backgroundTextStyle).slice(0, 16);
    if (pageOrientation === 'auto' || pageOrientation === 'portrait' || pageOrientation === 'landscape') {
      settings.pageOrientation = pageOrientation;
    }
    page.setWindow(settings);
  },
};

/** Lets what holds the page back close instead; false where nothing does. */
export function closeInsteadOfPage(page: Page | undefined): boolean {
  const node = page === undefined ? undefined : holding.get(page)?.at(-1);
  if (page === undefined || node === undefined) return false;
  page.post({ k: 'host.event', node, name: 'back', detail: {} });
  return true;
}

function colour(given: unknown): string {
  const safe = safeColour(given);
  if (safe === undefined) throw new ApiFailure(`"${String(given).slice(0, 40)}" is no hexadecimal colour`);
  return safe;
}
