import { expect, test } from 'vitest';
import { wxsGlobals } from '../support/wxs-globals';
import { settle, TestApp } from './app';
import { scriptPage } from './fixtures/templates';

Object.assign(globalThis, wxsGlobals);

const page = `Page({ data: { n: 2, log: [] }, heard(detail) { this.data.log.push(JSON.stringify(detail)) },
  outer() { this.data.log.push('outer') } })`;

test('WXS code computes, hears events, styles elements, and stops an event by returning false', async () => {
  const app = new TestApp({ modules: { 'pages/a/a.js': page }, templates: { 'pages/a/a': scriptPage } });
  await settle();
  expect(app.errors()).toEqual([]);
  expect(app.view.markup()).toBe('<page><view><view.a>4</view><view.b></view></view></page>');
  expect(app.view.find((node) => node.classes === 'b').style).toBe(';font-size:2px');
  app.view.fire(
    app.view.find((node) => node.classes === 'a'),
    'tap',
  );
  const shown = app.runtime.pages.current?.instance as unknown as { data: { log: string[] } } | undefined;
  expect(shown?.data.log).toEqual(['{"type":"tap","n":2}']);
  await settle();
  expect(app.view.find((node) => node.classes === 'a on').children[0]?.text).toBe('4');
});

test('a handler that an expression chooses is WXS code too', async () => {
  const template = scriptPage.replace('X(a).tap,undefined,[2,"pages/a/a","m","tap"]', 'D.off||X(a).tap');
  expect(template).not.toBe(scriptPage);
  const app = new TestApp({ modules: { 'pages/a/a.js': page }, templates: { 'pages/a/a': template } });
  await settle();
  app.view.fire(
    app.view.find((node) => node.classes === 'a'),
    'tap',
  );
  await settle();
  expect(app.errors()).toEqual([]);
  expect(app.view.find((node) => node.classes === 'a on').children[0]?.text).toBe('4');
});

test.each([
  ['a script that fails', 'return x*2', 'return x.at.all'],
  ['a method of a list, which gets no object', 'X(a).twice)(D.n)', 'X(D.log).join)("-")'],
])('an expression is empty and the page drawn: %s', async (_, before, after) => {
  const template = scriptPage.replace(before, after);
  expect(template).not.toBe(scriptPage);
  const app = new TestApp({ modules: { 'pages/a/a.js': page }, templates: { 'pages/a/a': template } });
  await settle();
  expect(app.errors()).toEqual([]);
  expect(app.lines().join()).toContain('TypeError');
  expect(app.view.markup()).toBe('<page><view><view.a></view><view.b></view></view></page>');
});

test('an observer of a property runs for each change', async () => {
  const app = new TestApp({ modules: { 'pages/a/a.js': page }, templates: { 'pages/a/a': scriptPage } });
  app.runtime.pages.current?.instance.setData({ n: 9 });
  await settle();
  expect(app.view.find((node) => node.classes === 'b').style).toBe(';font-size:9px');
  expect(app.view.markup()).toContain('<view.a>18</view>');
});

test('regular expressions and dates come without new', () => {
  const { getRegExp, getDate } = wxsGlobals as Record<string, (...parts: unknown[]) => never>;
  expect('aXa'.replace(getRegExp?.('x', 'gi') ?? '', '-')).toBe('a-a');
  expect(getDate?.(2020, 0, 2)).toEqual(new Date(2020, 0, 2));
});
