/** Fonts: read by the shell, given to pages and canvases. */
import { expect, test, vi } from 'vitest';
import type { OpenPage } from '../app/page';
import type { Pages } from '../app/pages';
import { Bridge } from '../bridge/bridge';
import { FakePort } from '../testing/fake-port';
import { Fonts } from './fonts';

const page = () => {
  const invoke = vi.fn(async () => undefined);
  return { invoke, page: { backend: { link: { invoke } } } as unknown as OpenPage };
};

function start(open: OpenPage[]) {
  const port = new FakePort<{ k: 'call'; id: number; api: string; args: Record<string, unknown> }>();
  const pages = { current: open.at(-1), all: () => open } as unknown as Pages;
  const add = vi.fn(async () => undefined);
  const reporter = { warn: vi.fn() } as never;
  const fonts = new Fonts(new Bridge(port, () => {}), pages, reporter, { add });
  const load = (args: Record<string, unknown>) => new Promise((resolve) => fonts.load(args, resolve));
  const answer = () => {
    const data = new ArrayBuffer(4);
    port.deliver({ k: 'result', id: port.of('call').at(-1)?.id, ok: true, value: { data } });
  };
  return { port, fonts, add, load, answer };
}

test('a font goes to the page in front and to canvases', async () => {
  const [below, front] = [page(), page()];
  const { port, add, load, answer } = start([below.page, front.page]);
  const loading = load({ family: 'Mono', source: ` url("/a b.ttf") format('truetype')`, desc: { weight: 'bold' } });
  expect(port.of('call')).toMatchObject([{ api: 'readFont', args: { source: '/a b.ttf' } }]);
  answer();
  expect(await loading).toEqual({ ok: true, value: { status: 'loaded' } });
  const font = { family: 'Mono', data: expect.any(ArrayBuffer), descriptors: { weight: 'bold' } };
  expect(front.invoke).toHaveBeenCalledWith(0, 'loadFontFace', [font]);
  expect(below.invoke).not.toHaveBeenCalled();
  expect(add).toHaveBeenCalledWith('Mono', expect.any(ArrayBuffer), { weight: 'bold' });
});

test('a global font goes to every page, those opened later too; scopes are kept', async () => {
  const [below, front, later] = [page(), page(), page()];
  const { fonts, add, load, answer } = start([below.page, front.page]);
  const loading = load({ family: 'Mono', source: 'data:font/ttf;base64,AA==', global: true, scopes: ['webview'] });
  answer();
  await loading;
  fonts.opened(later.page);
  for (const { invoke } of [below, front, later]) expect(invoke).toHaveBeenCalledOnce();
  expect(add).not.toHaveBeenCalled();
});

test('a font that is not there or no font fails with a status', async () => {
  const front = page();
  const { port, load, answer } = start([front.page]);
  const missing = load({ family: 'Mono', source: 'url(/none.ttf)' });
  port.deliver({ k: 'result', id: 1, ok: false, errMsg: 'readFont:fail none.ttf is not in the package' });
  expect(await missing).toEqual({
    ok: false,
    failure: { errMsg: 'loadFontFace:fail none.ttf is not in the package', status: 'error' },
  });
  front.invoke.mockRejectedValueOnce(new Error('it is no font'));
  const broken = load({ family: 'Mono', source: 'url(/a.ttf)' });
  answer();
  expect(await broken).toMatchObject({ failure: { errMsg: 'loadFontFace:fail it is no font' } });
});
