/** UTF-8 both ways, for an engine without TextEncoder and TextDecoder. */

export function encodeText(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code >= 0xd800 && code < 0xe000) bytes.push(0xef, 0xbf, 0xbd);
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(bytes);
}

const replacement = '\ufffd';

export function decodeText(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let text = '';
  for (let place = 0; place < bytes.length; ) {
    const first = bytes[place] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
    const code = length === 0 ? undefined : codeAt(bytes, place, length);
    text += code === undefined ? replacement : String.fromCodePoint(code);
    place += code === undefined ? 1 : length;
  }
  return text;
}

function codeAt(bytes: Uint8Array, place: number, length: number): number | undefined {
  const first = bytes[place] ?? 0;
  if (length === 1) return first;
  let code = first & (0xff >> (length + 1));
  for (let next = 1; next < length; next += 1) {
    const byte = bytes[place + next];
    if (byte === undefined || (byte & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (byte & 63);
  }
  const smallest = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0;
  return code < smallest || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? undefined : code;
}
