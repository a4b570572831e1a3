/**
 * NDEF records between Web NFC, which takes them apart, and the original, which hands over a record's own bytes:
 * type name format, type, id, payload (NFC Forum, NDEF 1.0; text and URI record types).
 */
export interface NdefRecord {
  recordType: string;
  mediaType?: string | null;
  id?: string | null;
  encoding?: string | null;
  lang?: string | null;
  data?: DataView | null;
}

export interface RawRecord {
  tnf: number;
  type: ArrayBuffer;
  id: ArrayBuffer;
  payload: ArrayBuffer;
}

const format = { empty: 0, wellKnown: 1, media: 2, absolute: 3, external: 4, unknown: 5 } as const;

function bytes(text: string | null | undefined): ArrayBuffer {
  return new TextEncoder().encode(text ?? '').buffer as ArrayBuffer;
}

function joined(...parts: readonly (ArrayBuffer | Uint8Array)[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole.buffer;
}

export function readRecord(record: NdefRecord): RawRecord {
  const { data } = record;
  const content =
    data == null
      ? new ArrayBuffer(0)
      : (data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer);
  const id = bytes(record.id);
  switch (record.recordType) {
    case 'empty':
      return { tnf: format.empty, type: bytes(''), id, payload: content };
    case 'text': {
      const language = bytes(record.lang ?? 'en');
      const status = language.byteLength | (record.encoding?.startsWith('utf-16') === true ? 0x80 : 0);
      return { tnf: format.wellKnown, type: bytes('T'), id, payload: joined(Uint8Array.of(status), language, content) };
    }
    case 'url':
      return { tnf: format.wellKnown, type: bytes('U'), id, payload: joined(Uint8Array.of(0), content) };
    case 'mime':
      return { tnf: format.media, type: bytes(record.mediaType), id, payload: content };
    case 'absolute-url':
      return { tnf: format.absolute, type: content, id, payload: new ArrayBuffer(0) };
    case 'unknown':
      return { tnf: format.unknown, type: bytes(''), id, payload: content };
    default:
      return { tnf: format.external, type: bytes(record.recordType), id, payload: content };
  }
}

/** A record of an app's as Web NFC writes it. */
export function webRecord(given: unknown): object {
  const { tnf, type, id, payload } = (given ?? {}) as Partial<RawRecord>;
  const text = (buffer: unknown) => (buffer instanceof ArrayBuffer ? new TextDecoder().decode(buffer) : '');
  const content = payload instanceof ArrayBuffer ? payload : new ArrayBuffer(0);
  const named = text(id) === '' ? {} : { id: text(id) };
  const kind = text(type);
  if (tnf === format.media) return { recordType: 'mime', mediaType: kind, data: content, ...named };
  if (tnf === format.absolute) return { recordType: 'absolute-url', data: kind, ...named };
  if (tnf === format.external) return { recordType: kind, data: content, ...named };
  if (tnf === format.wellKnown && kind === 'U') {
    return { recordType: 'url', data: text(content.slice(1)), ...named };
  }
  if (tnf === format.wellKnown && kind === 'T') {
    const length = (new Uint8Array(content)[0] ?? 0) & 0x3f;
    const lang = text(content.slice(1, 1 + length));
    return { recordType: 'text', lang, data: text(content.slice(1 + length)), ...named };
  }
  return tnf === format.empty ? { recordType: 'empty' } : { recordType: 'unknown', data: content };
}
