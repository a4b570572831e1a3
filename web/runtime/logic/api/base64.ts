/** Base64 of the standard alphabet, with padding. The worker's own `btoa` takes no bytes. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map([...alphabet].map((letter, index) => [letter, index]));

export function toBase64(source: ArrayBuffer | ArrayBufferView): string {
  const bytes = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = bytes.subarray(index, index + 3);
    const group = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    text += second === undefined ? '=' : alphabet.charAt((group >> 6) & 63);
    text += third === undefined ? '=' : alphabet.charAt(group & 63);
  }
  return text;
}

/** Decodes leniently, as WeChat does: letters outside the alphabet are skipped. */
export function fromBase64(text: string): ArrayBuffer {
  const letters = [...text].map((letter) => values.get(letter)).filter((value) => value !== undefined);
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  for (let index = 0, place = 0; place < bytes.length; index += 4) {
    const [first = 0, second = 0, third = 0, fourth = 0] = letters.slice(index, index + 4);
    const group = (first << 18) | (second << 12) | (third << 6) | fourth;
    for (const shift of [16, 8, 0]) if (place < bytes.length) bytes[place++] = (group >> shift) & 255;
  }
  return bytes.buffer;
}
