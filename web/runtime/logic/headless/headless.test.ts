import { expect, test } from 'vitest';
import { blankCanvasHost } from './canvas';
import { defineLazily } from './lazy-modules';
import { decode, encode, encodeOperations } from './messages';
import type { Native } from './native';
import { decodeText, encodeText } from './text';

test('text goes to UTF-8 and back as the browser does it', () => {
  for (const text of ['', 'abc', 'é ü', '小程序', '👍🏽', 'a\ud800b']) {
    const bytes = encodeText(text);
    expect([...bytes]).toEqual([...new TextEncoder().encode(text)]);
    expect(decodeText(bytes.slice().buffer)).toBe(new TextDecoder().decode(bytes));
  }
  expect(decodeText(Uint8Array.from([0x61, 0xff, 0xe4, 0xbd]).buffer)).toMatch(/^a\ufffd+$/);
});

test('messages carry what JSON can, bytes by their length, and no cycles', () => {
  const loop: Record<string, unknown> = { name: 'loop' };
  loop.self = loop;
  expect(encode({ data: new ArrayBuffer(7), big: 3n, loop })).toBe(
    '{"data":{"$bytes":7},"big":"3","loop":{"name":"loop","self":null}}',
  );
  expect(encodeOperations({ k: 'ops', ops: [16, 2, 'value', loop, 0] })).toContain('"self":null');
});

test('what text can not carry is made on arrival', () => {
  const revive = { $bytes: (text: unknown) => encodeText(String(text)).buffer };
  const { data, other } = decode('{"data":{"$bytes":"hi"},"other":{"$bytes":"a","b":1}}', revive) as Record<
    string,
    unknown
  >;
  expect(data).toBeInstanceOf(ArrayBuffer);
  expect(other).toEqual({ $bytes: 'a', b: 1 });
});

test('a canvas that draws nothing has a browser’s members', () => {
  const host = blankCanvasHost(
    () => 1,
    () => {},
    () => 0,
  );
  const canvas = host.makeCanvas(300, 150);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.font = '20px serif';
  expect(context.measureText('four').width).toBe(40);
  context.fillStyle = 'red';
  expect([context.fillStyle, context.globalAlpha]).toEqual(['red', 1]);
  expect(context.getImageData(0, 0, 2, 2).data).toHaveLength(16);
  expect(canvas.getContext('webgl')).toBeNull();
});

test('a program of WebGL is linked and has nothing to be asked for', () => {
  const host = blankCanvasHost(
    () => 1,
    () => {},
    () => 0,
  );
  const context = host.makeCanvas(300, 150).getContext('webgl') as WebGLRenderingContext;
  const program = context.createProgram();
  // As three.js goes through a program's attributes.
  const count = context.getProgramParameter(program, context.ACTIVE_ATTRIBUTES) as number;
  const names = Array.from({ length: count }, (_, at) => context.getActiveAttrib(program, at)?.name);
  expect([context.getProgramParameter(program, context.LINK_STATUS), names]).toEqual([true, []]);
});

test('modules of a joined script are compiled when they are required, at their own lines', () => {
  const compiled: string[] = [];
  const defined = new Map<string, (...parts: unknown[]) => void>();
  const scope = globalThis as unknown as { __mezze__?: object };
  scope.__mezze__ = { module: (path: string, factory: () => void) => defined.set(path, factory) };
  const native = {
    runText: (_name: string, text: string) => {
      compiled.push(text);
      new Function(text)();
    },
  } as unknown as Native;
  const text =
    '__mezze__.module("a.js",function(r,m){\nm.a=1\n});\n__mezze__.module("b.js",function(r,m){\nm.b=2\n});\n';
  expect(defineLazily('script', text, native)).toBe(true);
  expect([[...defined.keys()], compiled]).toEqual([['a.js', 'b.js'], []]);
  const module = {};
  defined.get('b.js')?.(undefined, module);
  expect(module).toEqual({ b: 2 });
  expect(compiled[0]).toBe('\n\n\n__mezze__.module("b.js",function(r,m){\nm.b=2\n});\n\n');
  expect(defineLazily('template', '__mezze__.template("a",function(){})', native)).toBe(false);
});
