/** Base64 of the standard alphabet, with padding. The worker's own `btoa` takes no bytes. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const letters = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));
const none = 64;
const values = new Uint8Array(256).fill(none);
for (const [value, letter] of letters.entries()) values[letter] = value;
const padding = 61;
/** A call takes only so many arguments. */
const part = 8192;

export function toBase64(source: ArrayBuffer | ArrayBufferView): string {
  const bytes = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  for (let index = 0, place = 0; index < bytes.length; index += 3) {
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    codes[place++] = letters[group >> 18] ?? 0;
    codes[place++] = letters[(group >> 12) & 63] ?? 0;
    codes[place++] = index + 1 < bytes.length ? (letters[(group >> 6) & 63] ?? 0) : padding;
    codes[place++] = index + 2 < bytes.length ? (letters[group & 63] ?? 0) : padding;
  }
  let text = '';
  for (let start = 0; start < codes.length; start += part) {
    text += String.fromCharCode(...codes.subarray(start, start + part));
  }
  return text;
}

/** Decodes leniently, as WeChat does: letters outside the alphabet are skipped. */
export function fromBase64(text: string): ArrayBuffer {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let length = 0;
  let group = 0;
  let bits = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const value = code < values.length ? (values[code] ?? none) : none;
    if (value === none) continue;
    group = (group << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (group >> bits) & 255;
    group &= (1 << bits) - 1;
  }
  return bytes.slice(0, length).buffer;
}
