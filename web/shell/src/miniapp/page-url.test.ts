import { describe, expect, it } from 'vitest';
import { resolvePageUrl } from './page-url';

describe('the address of a page', () => {
  it.each([
    ['/pages/detail/index?id=3', 'pages/list/index', 'pages/detail/index', { id: '3' }],
    ['../detail/index?id=3&b', 'pages/list/index', 'pages/detail/index', { id: '3', b: '' }],
    ['detail', 'pages/list/index', 'pages/list/detail', {}],
    ['./detail', 'pages/list/index', 'pages/list/detail', {}],
    ['../../../../a/b', 'pages/list/index', 'a/b', {}],
    ['/pages/a.html', '', 'pages/a', {}],
    ['/pages/a#x?y=1', '', 'pages/a', {}],
    // Values stay as written: the app decodes what it encoded.
    ['/pages/a?name=%E6%A9%84&x=a=b', '', 'pages/a', { name: '%E6%A9%84', x: 'a=b' }],
  ])('%s from %s', (url, from, path, query) => {
    expect(resolvePageUrl(url, from)).toEqual({ path, query });
  });

  it('takes no member of the prototype from a query', () => {
    expect(Object.keys(resolvePageUrl('/a?__proto__=1&b=2', '').query)).toEqual(['b']);
  });
});
