// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { match, router, to } from './router';

describe('addresses', () => {
  it('takes the parts that a pattern names, decoded', () => {
    expect(match('apps/:id', 'apps/org.example.menu')).toEqual(['org.example.menu']);
    expect(match('apps/:id', 'apps/a%2Fb')).toEqual(['a/b']);
    expect(match('', '')).toEqual([]);
  });

  it('leads nowhere for other paths, empty parts and broken escapes', () => {
    for (const path of ['apps', 'apps/', 'apps/a/b', 'releases/a', 'apps/%zz']) {
      expect(match('apps/:id', path), path).toBeUndefined();
    }
  });

  it('writes what it reads', () => {
    const address = to('releases', 'a b/c');
    expect(address).toBe('/console/releases/a%20b%2Fc');
    expect(match('releases/:id', address.slice('/console/'.length))).toEqual(['a b/c']);
  });

  it('keeps choices in the address and drops empty ones', () => {
    history.replaceState(null, '', '/console/apps/x?tab=keys');
    router.setQuery('state', 'in_review');
    expect(location.search).toBe('?tab=keys&state=in_review');
    router.setQuery('tab', '');
    expect([router.path, router.query('tab'), router.query('state')]).toEqual(['apps/x', '', 'in_review']);
  });
});
