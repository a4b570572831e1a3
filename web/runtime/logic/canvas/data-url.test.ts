/** A PNG of pixels, read back by what is not ours. */
import { crc32, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { dataUrl, png } from './data-url';

const pixels = Uint8ClampedArray.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 128, 9, 8, 7, 0]);

/** Chunks by name, their check sums compared. */
function chunksOf(bytes: Uint8Array): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  const buffer = Buffer.from(bytes);
  for (let place = 8; place < buffer.length; ) {
    const length = buffer.readUInt32BE(place);
    const named = buffer.subarray(place + 4, place + 8 + length);
    expect(buffer.readUInt32BE(place + 8 + length)).toBe(crc32(named));
    chunks.set(named.toString('latin1', 0, 4), named.subarray(4));
    place += length + 12;
  }
  return chunks;
}

test('every pixel is in it, row by row', () => {
  const chunks = chunksOf(png(pixels, 2, 2));
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  expect(chunks.get('IHDR')).toEqual(Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 6, 0, 0, 0]));
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  expect([...rows]).toEqual([0, ...pixels.subarray(0, 8), 0, ...pixels.subarray(8)]);
});

test('it is an address of a picture', () => {
  expect(dataUrl(pixels, 2, 2)).toMatch(/^data:image\/png;base64,iVBORw0KGgo[\w+/]+=*$/);
});

test('a canvas without an area is no picture', () => {
  expect(dataUrl(new Uint8ClampedArray(), 0, 5)).toBe('data:,');
});
