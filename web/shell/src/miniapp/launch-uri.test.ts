import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseLaunchUri, parseParts, printLaunchPath } from './launch-uri';

const host = 'mezze.example';

interface Cases {
  accepted: { text: string; printed: string }[];
  refused_paths: string[];
  refused: string[];
}
const fixture = new URL('../../../../tests/fixtures/launch-uri/cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(fixture, 'utf8')) as Cases;
/** The host that an address names itself, so that no case is refused for being somebody else's. */
const hostOf = (text: string) => (URL.canParse(text) ? new URL(text).host : host);

describe('the cases that every reader must read alike', () => {
  it.each(cases.accepted)('reads $text', ({ text, printed }) => {
    const target = parseLaunchUri(text, hostOf(text));
    expect(target).toBeDefined();
    expect(parseLaunchUri(printed, hostOf(printed))).toEqual(target);
  });
  it.each(cases.refused_paths)('refuses the path %j', (path) => {
    expect(parseLaunchUri(`mezze://miniapp/foo/${path}`, host)).toBeUndefined();
  });
  it.each(cases.refused)('refuses %j', (text) => {
    expect(parseLaunchUri(text, hostOf(text))).toBeUndefined();
  });
});

describe('launch URIs', () => {
  it('opens a page by itself, which the app does not see in its query', () => {
    const target = parseLaunchUri('mezze://miniapp/foo/pages/a?x=1&mezze-page=1', host);
    expect(target).toEqual({ appId: 'foo', version: undefined, path: 'pages/a', query: { x: '1' }, single: true });
    expect(printLaunchPath({ ...target, appId: 'foo', version: undefined, path: 'pages/a', query: {} })).toBe(
      '/miniapp/foo/pages/a?mezze-page=1',
    );
    expect(parseLaunchUri('mezze://miniapp/foo?mezze-page=no', host)).not.toHaveProperty('single');
  });

  it('names app, version, page and query', () => {
    const target = parseLaunchUri(
      'https://mezze.example/miniapp/Org.Example.Menu;version=1.2.0-RC1/pages/a/b?x=1&y=%20z#f',
      host,
    );
    expect(target).toEqual({
      appId: 'org.example.menu',
      version: '1.2.0-rc1',
      path: 'pages/a/b',
      query: { x: '1', y: ' z' },
    });
  });

  it('knows the scheme of its own', () => {
    expect(parseLaunchUri('mezze://miniapp/org.example.menu/pages/a?x=1', host)).toMatchObject({
      appId: 'org.example.menu',
      path: 'pages/a',
      query: { x: '1' },
    });
  });

  it.each([
    'https://other.example/miniapp/org.example.menu',
    'https://mezze.example/elsewhere/org.example.menu',
    'https://mezze.example/miniapp/',
    'https://mezze.example/miniapp/<b>',
    'javascript:alert(1)//miniapp/a',
    'org.example.menu',
    '',
  ])('is not %s', (text) => {
    expect(parseLaunchUri(text, host)).toBeUndefined();
  });

  it('takes the page from a query where the path names none', () => {
    expect(parseParts('/miniapp/a.b', '?path=pages%2Fx%2Fy%3Fid%3D1&table=7')).toEqual({
      appId: 'a.b',
      version: undefined,
      path: 'pages/x/y',
      query: { id: '1', table: '7' },
    });
    expect(parseParts('/miniapp/a.b/pages/z', '?path=x')).toMatchObject({ path: 'pages/z', query: { path: 'x' } });
  });

  it('is printed so that it is parsed to the same', () => {
    const target = { appId: 'a.b', version: '1.0', path: 'pages/ü/x y', query: { 'a&b': 'c=d', e: '' } };
    const url = new URL(printLaunchPath(target), 'https://mezze.example');
    expect(parseParts(url.pathname, url.search)).toEqual(target);
  });
});
