import { expect, test } from 'vitest';
import { Operation } from '../../protocol/operations';
import { fieldsRead } from '../components/template-reads';
import { settle, TestApp } from './app';
import { branchPage, listPage, nestedPage, selectPage } from './fixtures/templates';
import { pageWith } from './list-page';

test('reads the fields that template code depends on', () => {
  expect(fieldsRead('(C,T)=>{C||K||Z(e,"id")?T(Y(X(c).id)):T()}')).toEqual(new Set());
  expect(fieldsRead('C||K||U.selected||Z(e,"id")?L(N,X(c).id===D.selected)')).toEqual(new Set(['selected']));
  expect(fieldsRead('F(D["a-b"],"id",U?U["a-b"]:undefined,[0,"a-b"],b)')).toEqual(new Set(['a-b']));
  expect(fieldsRead('I("row")(R,C,{item:c,D:1},U)')).toBe('unknown');
  expect(fieldsRead('T(Y(X(D).a))')).toBe('unknown');
  expect(fieldsRead('T(Y(V.x))')).toBe('unknown');
});

/** `<view wx:for="{{rows}}" wx:key="id">{{item.id}} {{item.label}} {{on}} {{rows[0].label}}</view>` */
const readingPage = listPage.replace(
  'C||K||Z(e,"id")?T(Y(X(c).id))',
  'C||K||Z(e,"id")||U.on||Z(Z(U.rows,0),"label")?T(Y(X(c).id)+Y(D.on)+Y(X(X(D.rows)[0]).label))',
);

async function shownAfter(template: string, changes: Record<string, unknown>[]): Promise<string[]> {
  const app = new TestApp({
    modules: { 'pages/a/a.js': 'Page({ data: { rows: [], on: "" } })' },
    templates: { 'pages/a/a': template },
  });
  const page = app.runtime.pages.current?.instance;
  page?.setData({ rows: [1, 2, 3].map((id) => ({ id, label: `r${id}` })) });
  await settle();
  for (const change of changes) page?.setData(change);
  await settle();
  expect(app.errors()).toEqual([]);
  return app.view.root.children.map((row) => row.children.map((cell) => app.view.markup(cell.children[0])).join(':'));
}

test('a change by path reaches its item, and what else reads it', async () => {
  expect(await shownAfter(listPage, [{ 'rows[1].label': 'x' }])).toEqual(['1:r1', '2:x', '3:r3']);
  expect(await shownAfter(readingPage, [{ 'rows[0].label': 'x' }])).toEqual(['1x:x', '2x:r2', '3x:r3']);
  expect(await shownAfter(readingPage, [{ 'rows[1].label': 'x', on: '!' }])).toEqual(['1!r1:r1', '2!r1:x', '3!r1:r3']);
});

test('changes by path of keys, length and whole items are as complete as ever', async () => {
  expect(await shownAfter(listPage, [{ 'rows[1].id': 9 }])).toEqual(['1:r1', '9:r2', '3:r3']);
  expect(await shownAfter(listPage, [{ 'rows[3]': { id: 4, label: 'r4' } }])).toEqual(['1:r1', '2:r2', '3:r3', '4:r4']);
  expect(await shownAfter(listPage, [{ 'rows[0]': { id: 7, label: 'r7' } }])).toEqual(['7:r7', '2:r2', '3:r3']);
  const twice = [{ 'rows[0].label': 'a' }, { rows: [{ id: 3, label: 'b' }] }, { 'rows[0].label': 'c' }];
  expect(await shownAfter(listPage, twice)).toEqual(['3:c']);
});

const three = [1, 2, 3].map((id) => ({ id, label: `r${id}` }));

test('a change beside a list runs what reads it, in attributes and in what stands within', async () => {
  const page = await pageWith(selectPage, { rows: three, on: 0 });
  const row = (id: number, on: number) =>
    id === on
      ? `<view.row.on><text>${id}</text><text.t>here</text></view>`
      : `<view.row><text>${id}</text><text.t>-</text></view>`;
  const shown = (on: number) => three.map(({ id }) => row(id, on));
  expect((await page.after({ on: 2 })).markup).toEqual(shown(2));
  expect((await page.after({ on: 3 })).markup).toEqual(shown(3));
  // What stays as it is costs nothing: two rows change their class and their text.
  expect((await page.after({ on: 1 })).operations).toBe(4 * 3);
  const replaced = await page.after({ rows: [...three].reverse(), on: 3 });
  expect(replaced.markup).toEqual([row(3, 3), row(2, 3), row(1, 3)]);
  expect((await page.after({ on: 1 })).markup).toEqual([row(3, 1), row(2, 1), row(1, 1)]);
});

test('an item whose nodes depend on what changed gets and loses them', async () => {
  const page = await pageWith(branchPage, { rows: three, on: 0 });
  const here = (markup: string[]) => markup.map((row) => row.includes('here'));
  expect(here((await page.after({ on: 2 })).markup)).toEqual([false, true, false]);
  expect(here((await page.after({ on: 3 })).markup)).toEqual([false, false, true]);
  expect(here((await page.after({ on: 9 })).markup)).toEqual([false, false, false]);
});

test('a list in an item hears of the item around it', async () => {
  const page = await pageWith(nestedPage, { tabs: [{ name: 'a' }, { name: 'b' }], rows: three });
  const { markup } = await page.after({ 'tabs[0].name': 'x', 'rows[1].label': 'y' });
  for (const text of ['xr1', 'xy', 'xr3']) expect(markup[0]).toContain(text);
  for (const text of ['br1', 'by', 'br3']) expect(markup[1]).toContain(text);
  expect((await page.after({ 'tabs[1].name': 'z' })).markup[1]).toContain('zy');
});

test('a large batch is posted in parts, acknowledged once, and what goes is released as runs of ids', async () => {
  const app = new TestApp({
    modules: { 'pages/a/a.js': 'Page({ data: { rows: [] } })' },
    templates: { 'pages/a/a': listPage },
  });
  const page = app.runtime.pages.current?.instance;
  await settle();
  const before = app.view.port.of('ops').length;
  let drawn = 0;
  page?.setData({ rows: Array.from({ length: 1000 }, (_, id) => ({ id, label: `r${id}` })) }, () => {
    drawn += 1;
  });
  await settle();
  expect(drawn).toBe(1);
  const batches = app.view.port.of('ops').slice(before);
  expect(batches.length).toBeGreaterThan(2);
  expect(batches.map((batch) => batch.more === true)).toEqual(batches.map((_, at) => at < batches.length - 1));
  expect(app.view.root.children).toHaveLength(1000);

  page?.setData({ rows: [] });
  await settle();
  expect(app.errors()).toEqual([]);
  expect(app.view.root.children).toHaveLength(0);
  expect(app.view.port.of('ops').at(-1)?.ops.slice(-3)).toEqual([Operation.release, expect.any(Number), 5000]);
});
