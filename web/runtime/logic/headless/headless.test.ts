import { expect, test } from 'vitest';
import { blankCanvasHost } from './canvas';
import { decode, encode, encodeOperations } from './messages';
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
