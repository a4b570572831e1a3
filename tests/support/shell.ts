/** What a user does in the super app, by the names that the shell gives its controls. */
import { expect, type Frame, type Locator, type Page } from '@playwright/test';

/** Opens the home screen and waits until it has its dishes. */
export async function openHome(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/`);
  await expect(dish(page, 'Olive & Fig')).toBeVisible({ timeout: 20_000 });
}

/** A mini app as it stands on the home screen. */
export function dish(page: Page, name: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^${escape(name)}`) }).or(page.getByRole('link', { name: new RegExp(`^${escape(name)}`) })).first();
}

/**
 * The visible frame that shows `content`: a selector inside it, or text. Frames of other apps and pages live on
 * below or beside it, so that what counts is what the user sees.
 */
export async function frameWith(page: Page, content: string, timeout = 15_000): Promise<Frame> {
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      if (frame === page.mainFrame()) continue;
      if ((await shows(frame, content)) && (await stands(page, frame))) return frame;
    }
    await page.waitForTimeout(40);
  }
  throw new Error(`no visible frame shows "${content}"; there are: ${await describeFrames(page)}`);
}

/** A page that slides in or out moves away under a click: a user waits until it stands. */
async function stands(page: Page, frame: Frame): Promise<boolean> {
  try {
    const element = await frame.frameElement();
    const before = await element.boundingBox();
    await page.waitForTimeout(50);
    const after = await element.boundingBox();
    return before !== null && JSON.stringify(before) === JSON.stringify(after);
  } catch {
    return false;
  }
}

async function shows(frame: Frame, content: string): Promise<boolean> {
  try {
    const element = await frame.frameElement();
    if (!(await element.isVisible())) return false;
    return await frame.locator(content).first().isVisible();
  } catch {
    // The frame went away between two looks, as frames of closed pages do.
    return false;
  }
}

/** Texts of all frames, cut short: what a failed test says. */
export async function describeFrames(page: Page): Promise<string> {
  const parts = await Promise.all(page.frames().map((frame) => frame.locator('body').innerText({ timeout: 500 }).catch(() => '(gone)')));
  return parts.map((text, index) => `[${index}] ${text.replace(/\s+/g, ' ').slice(0, 160)}`).join(' ');
}

/** Opens a mini app from the home screen and gives the frame of its page. */
export async function openDish(page: Page, name: string, content: string): Promise<Frame> {
  await dish(page, name).click();
  return frameWith(page, content);
}

export const closeApp = (page: Page): Promise<void> => visible(page.getByRole('button', { name: /^close/i })).click();
export const openMenu = (page: Page): Promise<void> => visible(page.getByRole('button', { name: /^(menu|more)/i })).click();
export const goBack = (page: Page): Promise<void> => visible(page.getByRole('button', { name: /^back/i })).click();
export const tab = (page: Page, name: string | RegExp): Locator => visible(page.getByRole('tab', { name }));
export const title = (page: Page): Locator => visible(page.getByRole('heading', { level: 1 }));

/** Of several apps' chrome, the one in front. */
function visible(locator: Locator): Locator {
  return locator.filter({ visible: true }).first();
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
