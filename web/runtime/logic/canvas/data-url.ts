/**
 * A canvas as a `data:` address, at once: a worker's canvas encodes only asynchronously, so its pixels are written as
 * a PNG here. Other types are answered by a PNG too, as a browser does that lacks a type.
 */
import { zlibSync } from 'fflate';
import { toBase64 } from '../api/base64';

export function dataUrl(pixels: Uint8ClampedArray, width: number, height: number): string {
  // What browsers say of a canvas without an area.
  if (width === 0 || height === 0) return 'data:,';
  return `data:image/png;base64,${toBase64(png(pixels, width, height))}`;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Eight bits a channel; red, green, blue and alpha. */
const depthAndColour = [8, 6, 0, 0, 0];
/** Fast, and close enough to the best for drawings. */
const level = 4;

/** RGBA pixels, row by row from the top, as a PNG. */
export function png(pixels: Uint8ClampedArray, width: number, height: number): Uint8Array {
  const row = width * 4;
  // Each row begins with its filter: none.
  const rows = new Uint8Array((row + 1) * height);
  for (let line = 0; line < height; line += 1) {
    rows.set(pixels.subarray(line * row, (line + 1) * row), line * (row + 1) + 1);
  }
  const size = [...numberBytes(width), ...numberBytes(height)];
  const parts = [
    Uint8Array.from(signature),
    chunk('IHDR', Uint8Array.from([...size, ...depthAndColour])),
    chunk('IDAT', zlibSync(rows, { level })),
    chunk('IEND', new Uint8Array(0)),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    bytes.set(part, place);
    place += part.length;
  }
  return bytes;
}

/** Length, name, data and check sum of the name and data. */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  bytes.set(numberBytes(data.length));
  bytes.set(
    [...name].map((letter) => letter.charCodeAt(0)),
    4,
  );
  bytes.set(data, 8);
  bytes.set(numberBytes(checkSum(bytes.subarray(4, data.length + 8))), data.length + 8);
  return bytes;
}

function numberBytes(value: number): number[] {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 (ISO 3309), as PNG asks for. */
function checkSum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (table[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
