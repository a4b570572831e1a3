/** Reading and writing NDEF tags by Web NFC; calls of the runtime, which gives apps the adapter object. */
import type { CallContext } from '../miniapp/bridge';
import { ApiFailure } from '../miniapp/failure';
import { type NdefRecord, readRecord, webRecord } from './nfc/records';
import { begin, end } from './running';

type Args = Record<string, unknown>;

interface Reader extends EventTarget {
  scan(options: { signal: AbortSignal }): Promise<void>;
  write(message: { records: object[] }): Promise<void>;
}
interface ReadingEvent extends Event {
  serialNumber: string;
  message: { records: NdefRecord[] };
}

const name = 'nfc';

export const nfcCalls = {
  async nfcStart({ app }: CallContext): Promise<void> {
    const reader = newReader();
    const stop = new AbortController();
    reader.addEventListener('reading', (event) => {
      const { serialNumber, message } = event as ReadingEvent;
      if (!app.inFront) return;
      const id = Uint8Array.from(serialNumber.split(':'), (part) => Number.parseInt(part, 16)).buffer;
      app.bridge.event('nfc.found', {
        techs: ['NDEF'],
        id,
        messages: [{ records: message.records.map(readRecord) }],
      });
    });
    await reader.scan({ signal: stop.signal }).catch((failure: unknown) => {
      throw refusal(failure);
    });
    begin(app, name, () => stop.abort());
  },
  nfcStop({ app }: CallContext): void {
    if (!end(app, name)) throw new ApiFailure('NFC discovery has not started', undefined, { errCode: 13022 });
  },
  async nfcWrite(_context: CallContext, args: Args): Promise<void> {
    const records = [
      ...texts(args.uris).map((data) => ({ recordType: 'url', data })),
      ...texts(args.texts).map((data) => ({ recordType: 'text', data })),
      ...(Array.isArray(args.records) ? args.records.map(webRecord) : []),
    ];
    if (records.length === 0) throw new ApiFailure('NdefMessage is invalid', undefined, { errCode: 13015 });
    await newReader()
      .write({ records })
      .catch((failure: unknown) => {
        throw refusal(failure);
      });
  },
};

function newReader(): Reader {
  const { NDEFReader } = globalThis as { NDEFReader?: new () => Reader };
  if (NDEFReader === undefined) throw new ApiFailure('NFC is not supported', undefined, { errCode: 13000 });
  return new NDEFReader();
}

function texts(values: unknown): string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}

/** The browser's refusal in the original's numbers. */
function refusal(failure: unknown): ApiFailure {
  const kind = failure instanceof DOMException ? failure.name : '';
  if (kind === 'NotSupportedError') return new ApiFailure('NFC is not supported', undefined, { errCode: 13000 });
  if (kind === 'NotReadableError') return new ApiFailure('NFC is not enabled', undefined, { errCode: 13001 });
  if (kind === 'NotAllowedError') return new ApiFailure('user is not authorized', undefined, { errCode: 13024 });
  return new ApiFailure(`unknown error: ${String(failure)}`, undefined, { errCode: 13010 });
}
