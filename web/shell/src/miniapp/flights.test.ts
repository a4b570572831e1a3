/** What frames say of their shared elements is checked, and each frame hears only of its own. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ShellToFrame } from '../../../runtime/protocol';
import { flightServices, takeTapped } from '../services/flights';
import { flyBetween } from './flights';
import type { MiniApp } from './mini-app';
import type { Page } from './page';

const measured = { left: 10, top: 20, width: 30, height: 40, ready: true };
const wishes = { shuttleOnPush: 'to', shuttleOnPop: 'to', tween: 'linear', duration: 400 };

interface Told {
  name: string;
  detail: Record<string, unknown>;
}

/** A page with a frame that answers what it is asked with `says`. */
function frame(top: number, says: Record<string, unknown> = { ...measured, ...wishes }) {
  const told: Told[] = [];
  const page = { view: { frameTop: () => top }, post: (message: ShellToFrame) => receive(message) } as unknown as Page;
  const serve = (node: number, op: string, args: Record<string, unknown>) =>
    flightServices[op]?.({ app: {} as MiniApp, page, node, tell: () => undefined }, args);
  const receive = (message: ShellToFrame) => {
    if (message.k !== 'host.event') return;
    const detail = message.detail as Record<string, unknown>;
    told.push({ name: message.name, detail });
    const answer = { ...says, request: detail.request };
    if (message.name === 'flight.measure') queueMicrotask(() => serve(message.node, 'flight.measured', answer));
    if (message.name === 'flight.picture') queueMicrotask(() => serve(message.node, 'flight.pictured', answer));
  };
  return {
    page,
    told,
    serve,
    orders: () => told.filter(({ name }) => name === 'flight.begin').map(({ detail }) => detail),
  };
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('ImageBitmap', class {});
});
afterEach(() => vi.unstubAllGlobals());

it('lets the upper page fly what both have, each box as its own frame has it', async () => {
  const [list, detail] = [frame(44), frame(0)];
  list.serve(5, 'flight.key', { key: 'a' });
  list.serve(6, 'flight.key', { key: 'b' });
  detail.serve(9, 'flight.key', { key: 'a' });
  expect(await flyBetween(list.page, detail.page, 'push', undefined)).toBe(400);
  const { left, width, height } = measured;
  expect(detail.orders()).toEqual([
    {
      direction: 0,
      begin: { left, top: 64, width, height },
      end: { left, top: 20, width, height },
      duration: 400,
      tween: 'linear',
      chosen: true,
      shown: true,
    },
  ]);
  expect(list.orders()).toMatchObject([{ begin: { top: 20 }, end: { top: -24 }, chosen: false, shown: false }]);
});

it('takes the app’s own time, and going back what flies is the page’s below', async () => {
  const [list, detail] = [frame(0), frame(0)];
  list.serve(5, 'flight.key', { key: 'a' });
  detail.serve(9, 'flight.key', { key: 'a' });
  expect(await flyBetween(detail.page, list.page, 'pop', 250)).toBe(250);
  expect(list.orders()).toMatchObject([{ direction: 1, chosen: true, shown: false }]);
  expect(detail.orders()).toMatchObject([{ direction: 1, chosen: false, shown: true }]);
  expect(list.told.some(({ name }) => name === 'flight.picture')).toBe(true);
});

it.each([
  ['a size that is no number', { width: Number.NaN }],
  ['a place far away', { left: 1e9 }],
  ['a time without end', { duration: 1e9 }],
  ['a way with an address in it', { tween: 'url(https://example.org)' }],
  ['a side that there is not', { shuttleOnPush: 'both' }],
  ['no size', { width: 0 }],
])('flies nothing for a frame that says %s', async (_what, wrong) => {
  const [list, detail] = [frame(0, { ...measured, ...wishes, ...wrong }), frame(0)];
  list.serve(5, 'flight.key', { key: 'a' });
  detail.serve(9, 'flight.key', { key: 'a' });
  expect(await flyBetween(list.page, detail.page, 'push', undefined)).toBeUndefined();
  expect(detail.orders()).toEqual([]);
});

it('asks nothing of pages that share nothing, nor of a user who wants stillness', async () => {
  const [list, detail] = [frame(0), frame(0)];
  list.serve(5, 'flight.key', { key: 'a' });
  detail.serve(9, 'flight.key', { key: 'a' });
  detail.serve(9, 'flight.key', { key: '' });
  expect(await flyBetween(list.page, detail.page, 'push', undefined)).toBeUndefined();
  detail.serve(9, 'flight.key', { key: 'a' });
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
  expect(await flyBetween(list.page, detail.page, 'push', undefined)).toBeUndefined();
  expect([...list.told, ...detail.told]).toEqual([]);
});

it('answers only what was asked, by the node that was asked, and keeps to bounds', () => {
  const { serve } = frame(0);
  expect(() => serve(5, 'flight.measured', { request: 1, ...measured, ...wishes })).toThrow('nothing was asked');
  expect(() => serve(5, 'flight.key', { key: 'k'.repeat(300) })).toThrow('at most 256');
  for (let node = 0; node < 500; node += 1) serve(node, 'flight.key', { key: String(node) });
  expect(() => serve(501, 'flight.key', { key: 'one more' })).toThrow('too many');
});

it('lets a page come out of a container once, soon after the tap', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { page, serve } = frame(0);
  serve(7, 'container.tapped', {});
  expect(takeTapped(page)).toBe(7);
  expect(takeTapped(page)).toBeUndefined();
  serve(7, 'container.tapped', {});
  vi.advanceTimersByTime(3000);
  expect(takeTapped(page)).toBeUndefined();
  vi.useRealTimers();
});
