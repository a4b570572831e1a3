/**
 * Room on the device: what goes, what stays, and what a user is told.
 *
 * Chromium tells pages of ten gigabytes more than they use and holds IndexedDB to no smaller quota, not to one that is
 * set over its debugging protocol either. So the page is told of a small quota here, as other browsers tell it, and of
 * a disk that is full by the error that a write then gives; what is in use is what the browser says.
 */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/platform';
import { frameWith, openMenu } from '../support/shell';
import { noise, publishVersion } from '../support/versions';

/** Kilobytes of each: the second makes room enough for the fourth, the fourth for the fifth. */
const sizes = { first: 1000, second: 2400, third: 1000, fourth: 1000, fifth: 400, sixth: 1000 };
type Name = keyof typeof sizes;
const names = Object.keys(sizes) as Name[];
/** The part of the quota that packages may fill (web/shell/src/package/eviction.ts). */
const share = 0.8;
const idOf = (name: Name) => `org.example.room.${name}`;

/** The mini apps that are kept on the device. */
function keptOn(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('mezze');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const keys = opening.result.transaction('packages').objectStore('packages').getAllKeys();
          keys.onsuccess = () => {
            opening.result.close();
            resolve(keys.result.map(String).filter((key) => key.startsWith('org.example.room.')).sort());
          };
        };
      }),
  );
}

const usage = (page: Page) => page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);

test('what was not used for longest goes, what is kept offline stays, and a full device says so', async ({ page, platform, tools }) => {
  test.setTimeout(240_000);
  for (const name of names) {
    const files = { 'data/large.txt': noise(name, sizes[name]) };
    await publishVersion(tools, platform, { appId: idOf(name), version: '1.0.0', files });
  }
  await page.addInitScript(() => {
    if (window !== window.top) return;
    const estimate = navigator.storage.estimate.bind(navigator.storage);
    const quota = () => Number(sessionStorage.getItem('quota') ?? '1e12');
    navigator.storage.estimate = async () => ({ ...(await estimate()), quota: quota() });
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
      if (this.name === 'files' && quota() === 0) throw new DOMException('the disk is full', 'QuotaExceededError');
      return put.apply(this, given);
    };
  });
  const limit = (quota: number) => page.evaluate((quota) => sessionStorage.setItem('quota', String(quota)), quota);
  /** Room for so many kilobytes more. */
  const leave = async (kilobytes: number) => limit(((await usage(page)) + kilobytes * 1024) / share);
  /** In a shell that was started for it: an app that lives on behind is in use. */
  const open = async (name: Name) => {
    await page.goto(`${platform.address}/miniapp/${idOf(name)}`);
    await frameWith(page, 'text=version 1.0.0');
  };
  const kept = (...wanted: Name[]) => expect.poll(() => keptOn(page), { timeout: 15_000 }).toEqual(wanted.map(idOf).sort());

  await open('first');
  await openMenu(page);
  await page.getByRole('button', { name: 'Keep offline' }).click();
  await expect(page.getByText('stays on this device, all of it')).toBeVisible();
  for (const name of ['second', 'third'] as const) await open(name);
  await kept('first', 'second', 'third');

  await leave(500);
  await open('fourth');
  await kept('first', 'third', 'fourth');
  // Used again: now the fourth was not used for longest.
  await open('third');
  await leave(200);
  await open('fifth');
  await kept('first', 'third', 'fifth');

  // No room at all: what may go is not enough, and the mini app runs all the same.
  await limit(0);
  await open('sixth');
  await expect(page.getByText('has no room to keep')).toBeVisible();
  await kept('first');
  await openMenu(page);
  await page.getByRole('button', { name: 'Keep offline' }).click();
  await expect(page.getByText('This device has no room to keep').last()).toBeVisible();

  // With room again it is kept the next time; what is kept offline opens without a network.
  await leave(4000);
  await open('sixth');
  await kept('first', 'sixth');
  await page.context().setOffline(true);
  await open('first');
});
