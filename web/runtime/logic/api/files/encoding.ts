/** Text and bytes in the encodings that the file APIs know. */
import { fromBase64, toBase64 } from '../base64';
import { fileFailures } from './failure';

export interface TextCoder {
  decodeText(bytes: ArrayBuffer): string;
  encodeText(text: string): Uint8Array;
}

type Encoding = 'utf8' | 'latin1' | 'ascii' | 'base64' | 'hex' | 'utf16le';

const names: Readonly<Record<string, Encoding>> = {
  utf8: 'utf8',
  'utf-8': 'utf8',
  latin1: 'latin1',
  binary: 'latin1',
  ascii: 'ascii',
  base64: 'base64',
  hex: 'hex',
  ucs2: 'utf16le',
  'ucs-2': 'utf16le',
  utf16le: 'utf16le',
  'utf-16le': 'utf16le',
};

/** The encoding of that name; throws for any other. */
export function encodingOf(name: unknown): Encoding {
  const known = Object.hasOwn(names, String(name).toLowerCase()) ? names[String(name).toLowerCase()] : undefined;
  if (known === undefined) throw fileFailures.encoding(String(name));
  return known;
}

export function decode(bytes: Uint8Array<ArrayBuffer>, encoding: Encoding, coder: TextCoder): string {
  switch (encoding) {
    case 'utf8':
      return coder.decodeText(whole(bytes).buffer);
    case 'latin1':
      return characters(bytes);
    case 'ascii':
      return characters(bytes.map((byte) => byte & 0x7f));
    case 'base64':
      return toBase64(bytes);
    case 'hex':
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    case 'utf16le':
      return characters(new Uint16Array(whole(bytes).buffer, 0, bytes.length >> 1));
  }
}

export function encode(text: string, encoding: Encoding, coder: TextCoder): Uint8Array {
  switch (encoding) {
    case 'utf8':
      return coder.encodeText(text);
    case 'latin1':
    case 'ascii':
      return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
    case 'base64':
      return base64Bytes(text);
    case 'hex':
      return hexBytes(text);
    case 'utf16le': {
      const units = new Uint16Array(text.length);
      for (let index = 0; index < text.length; index += 1) units[index] = text.charCodeAt(index);
      return new Uint8Array(units.buffer);
    }
  }
}

/** Bytes that fill their buffer. */
function whole(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice();
}

function base64Bytes(text: string): Uint8Array {
  if (/[^A-Za-z0-9+/_=\s-]/.test(text)) throw fileFailures.base64();
  return new Uint8Array(fromBase64(text.replaceAll('-', '+').replaceAll('_', '/').replace(/\s/g, '')));
}

function hexBytes(text: string): Uint8Array {
  // As in Node, which the original follows: what is no pair of digits ends the text.
  const pairs = /^(?:[0-9a-f]{2})*/i.exec(text)?.[0] ?? '';
  return Uint8Array.from(pairs.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function characters(codes: Uint8Array | Uint16Array): string {
  let text = '';
  // In parts: a call takes only so many arguments.
  for (let start = 0; start < codes.length; start += 8192) {
    text += String.fromCharCode(...codes.subarray(start, start + 8192));
  }
  return text;
}
