/** What an app may say about the view of its page. */
import { expect, it, vi } from 'vitest';
import type { CallContext } from '../miniapp/bridge';
import { pageRouteCalls, takeRoute, viewStyle } from './page-routes';

it('keeps what moves and shapes the view, and drops the rest', () => {
  expect(viewStyle('transform:translate(0px, 10%) scale(0.5);opacity:0.5;border-radius:12px')).toEqual({
    transform: 'translate(0px, 10%) scale(0.5)',
    opacity: '0.5',
    'border-radius': '12px',
  });
  for (const text of ['position:fixed', 'z-index:9999', 'filter:url(#a)', 'transform:var(--x)', 'opacity:1}body{x']) {
    expect(viewStyle(text)).toEqual({});
  }
});

it('gives the next page its transition once, within limits', () => {
  const app = { stack: { find: () => undefined } } as unknown as CallContext['app'];
  pageRouteCalls.pageRoute({ app } as CallContext, { duration: 1e9, reverseDuration: -5, opaque: false });
  expect(takeRoute(app)).toEqual({ duration: 5000, reverseDuration: 0, opaque: false });
  expect(takeRoute(app)).toBeUndefined();
  expect(() => pageRouteCalls.pageStyle({ app } as CallContext, { pageId: 7, style: 'opacity:1' })).toThrow();
});

it('shows styles on the page they are for', () => {
  const setRouteStyle = vi.fn();
  const app = { stack: { find: (id: number) => (id === 2 ? { view: { setRouteStyle } } : undefined) } };
  pageRouteCalls.pageStyle({ app } as unknown as CallContext, { pageId: 2, style: 'opacity:0.2' });
  expect(setRouteStyle).toHaveBeenCalledWith({ opacity: '0.2' });
});
