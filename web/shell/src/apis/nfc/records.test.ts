/** Records there and back: what an app writes is what another reads. */
import { expect, it } from 'vitest';
import { type RawRecord, readRecord, webRecord } from './records';

const view = (text: string) => new DataView(new TextEncoder().encode(text).buffer);
const bytes = (buffer: ArrayBuffer) => [...new Uint8Array(buffer)];
const shown = (record: RawRecord) => ({
  tnf: record.tnf,
  type: new TextDecoder().decode(record.type),
  payload: bytes(record.payload),
});

it('are handed over with their own bytes', () => {
  expect(shown(readRecord({ recordType: 'text', lang: 'de', encoding: 'utf-8', data: view('Hi') }))).toEqual({
    tnf: 1,
    type: 'T',
    payload: [2, 100, 101, 72, 105],
  });
  expect(shown(readRecord({ recordType: 'url', data: view('a:b') }))).toEqual({
    tnf: 1,
    type: 'U',
    payload: [0, 97, 58, 98],
  });
  expect(shown(readRecord({ recordType: 'mime', mediaType: 'text/x', data: view('q') }))).toMatchObject({
    tnf: 2,
    type: 'text/x',
  });
  expect(shown(readRecord({ recordType: 'example.com:a', data: view('q') }))).toMatchObject({
    tnf: 4,
    type: 'example.com:a',
  });
  expect(shown(readRecord({ recordType: 'empty', data: null }))).toEqual({ tnf: 0, type: '', payload: [] });
});

it('are written as they were read', () => {
  const text = readRecord({ recordType: 'text', lang: 'en', encoding: 'utf-8', data: view('Hello') });
  expect(webRecord(text)).toEqual({ recordType: 'text', lang: 'en', data: 'Hello' });
  expect(webRecord(readRecord({ recordType: 'url', data: view('https://x') }))).toEqual({
    recordType: 'url',
    data: 'https://x',
  });
  expect(webRecord({ tnf: 0 })).toEqual({ recordType: 'empty' });
});
