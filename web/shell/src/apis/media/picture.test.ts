import { expect, it } from 'vitest';
import { orientationOf, pictureType } from './picture';

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : part)));

/** A JPEG with an Exif block that says one thing: the orientation. */
function jpeg(orientation: number, little: boolean): Uint8Array {
  const two = (value: number) => (little ? [value, 0] : [0, value]);
  const four = (value: number) => (little ? [value, 0, 0, 0] : [0, 0, 0, value]);
  const entry = [...(little ? [0x12, 0x01] : [0x01, 0x12]), ...two(3), ...four(1), ...two(orientation), 0, 0];
  const tiff = [
    ...(little ? [0x49, 0x49, 0x2a, 0] : [0x4d, 0x4d, 0, 0x2a]),
    ...four(8),
    ...two(1),
    ...entry,
    ...four(0),
  ];
  const block = bytes('Exif\0\0', tiff);
  return bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0], [0xff, 0xe1, 0, block.length + 2, ...block], [0xff, 0xda, 0, 2]);
}

it('tells types by their first bytes', () => {
  expect(pictureType(bytes([0xff, 0xd8, 0xff]))).toBe('jpeg');
  expect(pictureType(bytes([0x89], 'PNG\r\n'))).toBe('png');
  expect(pictureType(bytes('GIF89a'))).toBe('gif');
  expect(pictureType(bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 '))).toBe('webp');
  expect(pictureType(bytes('MM\0*'))).toBe('tiff');
  expect(pictureType(bytes('  <svg xmlns="">'))).toBe('svg');
  expect(pictureType(bytes('<html>'))).toBe('unknown');
});

it('reads how a camera was held, in both byte orders', () => {
  expect(orientationOf(jpeg(6, true))).toBe('right');
  expect(orientationOf(jpeg(6, false))).toBe('right');
  expect(orientationOf(jpeg(2, true))).toBe('up-mirrored');
  expect(orientationOf(jpeg(1, true))).toBe('up');
});

it('takes a broken block for none', () => {
  const whole = jpeg(6, true);
  for (let length = 0; length < whole.length - 8; length += 1) expect(orientationOf(whole.slice(0, length))).toBe('up');
  expect(orientationOf(bytes([0x89], 'PNG'))).toBe('up');
});
