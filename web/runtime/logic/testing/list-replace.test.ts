import { afterEach, expect, test } from 'vitest';
import { Operation } from '../../protocol/operations';
import { itemsChosenAnew } from '../components/list-comparisons';
import { settle } from './app';
import { branchPage, listPage, partComponent, selectPage } from './fixtures/templates';
import { pageWith } from './list-page';

/** Templates with this in front of an item's part count how often that runs. */
const counting = 'globalThis.runs=(globalThis.runs??0)+1;';
const counted = globalThis as { runs?: number };
const counter = (template: string, before: string) => template.replace(before, `${counting}${before}`);

function runs(): number {
  const count = counted.runs ?? 0;
  counted.runs = 0;
  return count;
}

afterEach(() => {
  delete counted.runs;
});

interface Row {
  id: number;
  label: string;
}
const rowsOf = (...ids: number[]): Row[] => ids.map((id) => ({ id, label: `r${id}` }));
const row = ({ id, label }: Row) => `<view.row><text>${id}</text><text>${label}</text></view>`;

test('of a field that only chooses an item, the items run that it chose and chooses now', async () => {
  const page = await pageWith(counter(selectPage, 'E("view",{},(N,C)=>'), { rows: rowsOf(1, 2, 3, 4, 5), on: 0 });
  await page.after({ on: 1 });
  runs();
  const chosen = (markup: string[]) => markup.map((shown) => shown.includes('row.on') && shown.includes('here'));
  expect(chosen((await page.after({ on: 4 })).markup)).toEqual([false, false, false, true, false]);
  expect(runs()).toBe(2);
  expect(chosen((await page.after({ on: 9 })).markup)).toEqual([false, false, false, false, false]);
  expect(runs()).toBe(1);
  await page.after({ rows: rowsOf(7, 4, 8), on: 8 });
  runs();
  expect(chosen((await page.after({ on: 4 })).markup)).toEqual([false, true, false]);
  expect(runs()).toBe(2);
  await page.after({ 'rows[0].id': 4, on: 8 });
  expect(chosen((await page.after({ on: 4 })).markup)).toEqual([true, true, false]);
});

test('branches follow the choice; what is compared within more than the comparison runs for all', async () => {
  const branches = await pageWith(branchPage, { rows: rowsOf(1, 2, 3), on: 0 });
  await branches.after({ on: 1 });
  const here = (markup: string[]) => markup.map((shown) => shown.includes('here'));
  expect(here((await branches.after({ on: 3 })).markup)).toEqual([false, false, true]);
  expect(here((await branches.after({ on: 2 })).markup)).toEqual([false, true, false]);
  const other = selectPage.replaceAll('X(c).id===D.on', 'X(c).id===D.on+1');
  const page = await pageWith(counter(other, 'E("view",{},(N,C)=>'), { rows: rowsOf(1, 2, 3), on: 0 });
  await page.after({ on: 2 });
  const { markup } = await page.after({ on: 1 });
  expect(markup.map((shown) => shown.includes('row.on'))).toEqual([false, true, false]);
});

test('a choice is told by index, by the item itself and by loose comparison', () => {
  const choose = (of: 'item' | 'index', strict: boolean, before: unknown, now: unknown) =>
    itemsChosenAnew(['a', '1', 1, null], [{ of, field: 'f', strict }], new Map([['f', before]]), { f: now });
  expect(choose('index', true, 0, 2)).toEqual([0, 2]);
  expect(choose('index', false, '3', 'a')).toEqual([3]);
  expect(choose('item', true, 'a', 1)).toEqual([0, 2]);
  expect(choose('item', false, undefined, 1)).toEqual([1, 2, 3]);
});

test('items that are as they were do not run when the list is replaced', async () => {
  const page = await pageWith(counter(listPage, 'E("view",{}'), { rows: rowsOf(1, 2, 3, 4, 5, 6) });
  runs();
  const shown = async (rows: Row[], most: number) => {
    expect((await page.after({ rows })).markup).toEqual(rows.map(row));
    expect(runs()).toBe(most);
  };
  await shown(rowsOf(1, 2, 3, 4, 5, 6), 0);
  await shown([...rowsOf(1, 2, 3), { id: 4, label: 'x' }, ...rowsOf(5, 6)], 1);
  await shown(rowsOf(1, 5, 3, 4, 2, 6), 1);
  await shown(rowsOf(1, 5, 3, 4, 2, 6, 7, 8), 2);
  await shown(rowsOf(1, 5, 9, 3, 4, 2, 6, 7, 8), 1);
  await shown(rowsOf(1, 4, 2, 6, 7, 8), 0);
  await shown(rowsOf(4, 1, 2, 6, 7, 8), 0);
  await shown(rowsOf(4, 1, 2), 0);
  await shown([], 0);
  await shown(rowsOf(3, 1), 2);
});

test('nodes go with their keys when two items change places', async () => {
  const page = await pageWith(listPage, { rows: rowsOf(1, 2, 3, 4) });
  const ids = () => page.app.view.root.children.map((node) => node.id);
  const [a, b, c, d] = ids();
  await page.after({ rows: rowsOf(4, 2, 3, 1) });
  expect(ids()).toEqual([d, b, c, a]);
  await page.after({ 'rows[3].label': 'x' });
  expect(page.app.view.root.children.map((node) => page.app.view.markup(node)).at(3)).toBe(row({ id: 1, label: 'x' }));
});

test('lists of any change show what they hold', async () => {
  const page = await pageWith(listPage, { rows: [] });
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  let rows: Row[] = [];
  let next = 1;
  const changes = [
    () => rows.push(...rowsOf(next++, next++)),
    () => rows.splice(random(rows.length + 1), 0, ...rowsOf(next++)),
    () => rows.splice(random(rows.length + 1), random(3)),
    () => rows.push(...rows.splice(random(rows.length + 1), 1)),
    () => rows.reverse(),
    () => {
      const [one, other] = [random(rows.length), random(rows.length)];
      if (rows.length > 0) [rows[one], rows[other]] = [rows[other] as Row, rows[one] as Row];
    },
    () => {
      const at = random(rows.length);
      if (rows.length > 0) rows[at] = { ...(rows[at] as Row), label: `l${next++}` };
    },
  ];
  for (let time = 0; time < 150; time += 1) {
    rows = [...rows];
    for (let count = random(2); count >= 0; count -= 1) changes[random(changes.length)]?.();
    expect((await page.after({ rows })).markup).toEqual(rows.map(row));
    if (rows.length > 30) rows = rows.slice(0, 4);
  }
});

test('items of one key, with objects or that know their place go the usual way', async () => {
  const twice = await pageWith(listPage, { rows: rowsOf(1, 2, 2) });
  expect((await twice.after({ rows: rowsOf(2, 1, 2, 3) })).markup).toEqual(rowsOf(2, 1, 2, 3).map(row));
  expect((await twice.after({ rows: rowsOf(1, 3) })).markup).toEqual(rowsOf(1, 3).map(row));
  expect((await twice.after({ rows: rowsOf(1, 3, 1) })).markup).toEqual(rowsOf(1, 3, 1).map(row));

  const deep = listPage.replace('X(c).label', 'X(X(c).label).text');
  const label = (text: string) => ({ text });
  const held = await pageWith(deep, { rows: [{ id: 1, label: label('a') }] });
  expect((await held.after({ rows: [{ id: 1, label: label('b') }] })).markup).toEqual([row({ id: 1, label: 'b' })]);

  const placed = listPage.replace('C||K||Z(e,"id")?T(Y(X(c).id))', 'C||K||f?T(Y(d))');
  const numbered = await pageWith(placed, { rows: rowsOf(1, 2, 3) });
  const { markup } = await numbered.after({ rows: rowsOf(3, 2, 1) });
  expect(markup.map((shown) => /<text>(\d)/.exec(shown)?.[1])).toEqual(['0', '1', '2']);
});

test('a component in an item hears of a list that holds the same', async () => {
  const template = listPage.replace(
    'E("text",{},(N,C)=>{},j)',
    'E("my-part",{},(N,C)=>{if(C||K||Z(e,"data"))R.r(N,"data",X(c).data)},(C)=>{})',
  );
  const page = await pageWith(
    template,
    { rows: [{ id: 1, data: 'a' }] },
    {
      modules: {
        'parts/my.js': 'Component({ properties: { data: null }, observers: { data() { globalThis.runs = (globalThis.runs ?? 0) + 1 } } })',
      },
      pages: { 'pages/a/a': { usingComponents: { 'my-part': 'parts/my' } } },
      components: { 'parts/my': {} },
    },
  ); // biome-ignore format: one call
  const first = runs();
  await page.after({ rows: [{ id: 1, data: 'b' }] });
  expect(first + runs()).toBe(2);
  await page.after({ rows: [{ id: 1, data: { deep: 1 } }] });
  await page.after({ rows: [{ id: 1, data: { deep: 1 } }] });
  expect(runs()).toBe(2);
});

test('what much went is forgotten after the page stands, and before new nodes come', async () => {
  const page = await pageWith(listPage, { rows: [] });
  const { app } = page;
  await page.after({ rows: rowsOf(...Array.from({ length: 1000 }, (_, at) => at)) });
  const before = app.view.port.of('ops').length;
  app.view.acknowledging = false;
  let called = 0;
  app.runtime.pages.current?.instance.setData({ rows: [] }, () => {
    called += 1;
  });
  await settle();
  const removal = app.view.port.of('ops').slice(before);
  expect(removal).toHaveLength(1);
  expect(removal[0]?.ops).not.toContain(Operation.release);
  expect(app.view.root.children).toHaveLength(0);
  expect(app.view.nodes.size).toBeGreaterThan(5000);
  app.view.acknowledging = true;
  app.view.acknowledge(removal[0]?.seq ?? 0);
  expect(called).toBe(1);
  app.runtime.pages.current?.instance.setData({ rows: rowsOf(1) });
  await settle();
  const [next] = app.view.port.of('ops').slice(before + 1);
  expect(next?.ops.slice(0, 1)).toEqual([Operation.release]);
  expect(app.view.nodes.size).toBeLessThan(20);
  expect(app.errors()).toEqual([]);
});

test('many items go at once, from a page and from what a component has in its slot', async () => {
  const many = rowsOf(...Array.from({ length: 120 }, (_, at) => at + 1));
  const plain = await pageWith(listPage, { rows: many });
  expect((await plain.after({ rows: [...many.slice(0, 10), ...many.slice(70)] })).markup).toEqual(
    [...many.slice(0, 10), ...many.slice(70)].map(row),
  );
  const branches = await pageWith(branchPage, { rows: many, on: 50 });
  expect((await branches.after({ rows: many.slice(60) })).markup).toHaveLength(60);
  expect((await branches.after({ rows: [] })).operations).toBeLessThan(20);

  const slotted = listPage.replace(
    'a=(C,T,E,B,F)=>{F(D.rows,"id",U?U.rows:undefined,[0,"rows"],b)}',
    'q=(C,T,E,B,F)=>{F(D.rows,"id",U?U.rows:undefined,[0,"rows"],b)},a=(C,T,E)=>{E("my-part",{},(N,C)=>{},q)}',
  );
  const page = await pageWith(
    slotted,
    { rows: many },
    {
      templates: { 'parts/my': partComponent },
      pages: { 'pages/a/a': { usingComponents: { 'my-part': 'parts/my' } } },
      components: { 'parts/my': {} },
    },
  );
  const shown = (await page.after({ rows: many.slice(0, 5) })).markup.join('');
  expect(shown).toContain(many.slice(0, 5).map(row).join(''));
  expect(shown).not.toContain('r6');
  expect((await page.after({ rows: [] })).markup.join('')).not.toContain('view.row');
});
