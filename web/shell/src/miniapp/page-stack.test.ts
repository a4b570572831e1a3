import { describe, expect, it } from 'vitest';
import type { ShellToLogic } from '../../../runtime/protocol';
import { ApiFailure } from './failure';
import type { Page } from './page';
import { PageStack } from './page-stack';

/** A stack over pages without frames; it writes down what logic is told. */
function fixture() {
  const told: string[] = [];
  let next = 2;
  const make = (path: string, openType: string): Page => {
    const id = openType === 'appLaunch' ? 1 : next++;
    const isTab = path.startsWith('tab/');
    const page = { id, path, isTab, painted: true, shown: Promise.resolve(), view: {}, setVisible: () => undefined };
    return page as unknown as Page;
  };
  const stack = new PageStack({
    surface: { present: () => Promise.resolve(), dismiss: () => Promise.resolve() } as never,
    has: (path) => path !== 'nowhere',
    isTab: (path) => path.startsWith('tab/'),
    openPage: (address, openType) => {
      const page = make(address.path, openType);
      told.push(`open ${page.id} ${openType}`);
      return Promise.resolve(page);
    },
    post: (message: ShellToLogic) => {
      told.push(`${message.k.replace('page.', '')} ${'pageId' in message ? message.pageId : ''}`);
    },
  });
  stack.begin(make('tab/home', 'appLaunch'));
  const paths = () => stack.pages.map((page) => page.path);
  const take = () => told.splice(0);
  return { stack, paths, take };
}

const to = (path: string) => ({ path, query: {} });
const reason = (promise: Promise<void>) =>
  promise.then(
    () => 'no failure',
    (failure: unknown) => (failure instanceof ApiFailure ? failure.reason : `no ApiFailure: ${String(failure)}`),
  );

describe('the page stack', () => {
  it('tells logic in the order of the contract', async () => {
    const { stack, paths, take } = fixture();
    await stack.navigateTo(to('a'));
    expect(take()).toEqual(['hide 1', 'open 2 navigateTo']);
    await stack.redirectTo(to('b'));
    expect(take()).toEqual(['unload 2', 'open 3 redirectTo']);
    await stack.navigateTo(to('c'));
    take();
    expect(paths()).toEqual(['tab/home', 'b', 'c']);
    await stack.navigateBack(2);
    expect(take()).toEqual(['unload 4', 'unload 3', 'show 1']);
    expect(paths()).toEqual(['tab/home']);
  });

  it('keeps tab pages and closes the others on a switch', async () => {
    const { stack, paths, take } = fixture();
    await stack.navigateTo(to('a'));
    take();
    await stack.switchTab('tab/cart');
    expect(take()).toEqual(['unload 2', 'open 3 switchTab']);
    await stack.switchTab('tab/home');
    expect(take()).toEqual(['hide 3', 'show 1']);
    expect(paths()).toEqual(['tab/home']);
    await stack.switchTab('tab/home');
    expect(take()).toEqual([]);
  });

  it('closes everything on a relaunch, tab pages out of sight too', async () => {
    const { stack, paths, take } = fixture();
    await stack.switchTab('tab/cart');
    await stack.navigateTo(to('a'));
    take();
    await stack.reLaunch(to('b'));
    expect(take()).toEqual(['unload 3', 'unload 2', 'unload 1', 'open 4 reLaunch']);
    expect(paths()).toEqual(['b']);
    expect(stack.tabs.size).toBe(0);
  });

  it('is at most ten pages deep', async () => {
    const { stack, paths } = fixture();
    for (let depth = 1; depth < 10; depth += 1) await stack.navigateTo(to(`p${depth}`));
    expect(await reason(stack.navigateTo(to('p10')))).toContain('limit');
    expect(paths()).toHaveLength(10);
    await stack.redirectTo(to('p10'));
    expect(paths().at(-1)).toBe('p10');
  });

  it('refuses what the original host refuses, and says why', async () => {
    const { stack, take } = fixture();
    expect(await reason(stack.navigateTo(to('nowhere')))).toBe('page "nowhere" is not found');
    expect(await reason(stack.navigateTo(to('tab/cart')))).toBe('can not navigateTo a tabbar page');
    expect(await reason(stack.redirectTo(to('tab/cart')))).toBe('can not redirectTo a tabbar page');
    expect(await reason(stack.switchTab('a'))).toBe('can not switch to no-tabBar page');
    expect(await reason(stack.navigateBack(1))).toBe('cannot navigate back at first page.');
    expect(take()).toEqual([]);
  });

  it('carries out one navigation at a time, and goes on after one that failed', async () => {
    const { stack, paths } = fixture();
    const results = await Promise.allSettled([
      stack.navigateTo(to('a')),
      stack.navigateTo(to('nowhere')),
      stack.navigateTo(to('b')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(paths()).toEqual(['tab/home', 'a', 'b']);
  });
});
