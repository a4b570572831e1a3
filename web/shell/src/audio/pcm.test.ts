import { expect, it } from 'vitest';
import { encodedType } from './capture';
import { Framer, interleave, waveHeader } from './pcm';

it('turns samples into interleaved 16-bit numbers, clipped', () => {
  const bytes = interleave([new Float32Array([0, 1, -1, 2]), new Float32Array([0.5, 0, 0, -2])]);
  expect([...new Int16Array(bytes.buffer)]).toEqual([0, 16_384, 32_767, 0, -32_768, 0, 32_767, -32_768]);
});

it('cuts frames of one size across the parts they come in', () => {
  const frames: [number[], boolean][] = [];
  const framer = new Framer(3, (frame, last) => frames.push([[...new Uint8Array(frame)], last]));
  framer.add(new Uint8Array([1, 2]));
  framer.add(new Uint8Array([3, 4, 5, 6, 7]));
  framer.end();
  expect(frames).toEqual([
    [[1, 2, 3], false],
    [[4, 5, 6], false],
    [[7], true],
  ]);
});

it('writes the header of a WAV file', () => {
  const header = waveHeader(100, 16_000, 2);
  const view = new DataView(header.buffer);
  expect(header).toHaveLength(44);
  expect(new TextDecoder().decode(header.subarray(0, 4))).toBe('RIFF');
  expect([view.getUint32(4, true), view.getUint16(22, true), view.getUint32(24, true)]).toEqual([136, 2, 16_000]);
  expect([view.getUint32(28, true), view.getUint16(32, true), view.getUint32(40, true)]).toEqual([64_000, 4, 100]);
});

it('names what the browser encodes truthfully', () => {
  expect(encodedType((type) => type.includes('mp4a'))).toMatchObject({ extension: 'm4a', wanted: true });
  expect(encodedType((type) => type.startsWith('audio/webm'))).toEqual({
    type: 'audio/webm;codecs=opus',
    extension: 'webm',
    wanted: false,
  });
  expect(encodedType(() => false)).toBeUndefined();
});
