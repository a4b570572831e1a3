/**
 * Contents of files, read at once. In a worker they are Blobs, which the shell hands over and takes back without
 * copying, read by `FileReaderSync`; a host without Blobs keeps bytes.
 */
import { Held, open } from '../canvas/held';

/** Immutable bytes; an app never gets hold of one. */
export interface FileContent {
  readonly size: number;
}

export interface FileHost {
  /** Bytes and other contents, one after the other. */
  join(parts: readonly (Uint8Array | FileContent)[]): FileContent;
  slice(content: FileContent, start: number, end: number): FileContent;
  /** A copy of the bytes from `start` up to `end`. */
  read(content: FileContent, start: number, end: number): Uint8Array<ArrayBuffer>;
  /** What came over the port; undefined where it is no content. */
  received(data: unknown): FileContent | undefined;
  /** What is posted over the port. */
  posted(content: FileContent): Blob;
}

class BlobContent implements FileContent {
  readonly size: number;
  readonly held: Held<Blob>;

  constructor(blob: Blob) {
    this.size = blob.size;
    this.held = new Held(blob);
  }
}

declare const FileReaderSync: { new (): { readAsArrayBuffer(blob: Blob): ArrayBuffer } };

export function captureFiles(): FileHost {
  const reader = new FileReaderSync();
  const WorkerBlob = Blob;
  const blobOf = (content: FileContent) => open((content as BlobContent).held);
  return {
    join: (parts) =>
      new BlobContent(
        new WorkerBlob(
          parts.map((part) => (part instanceof Uint8Array ? (part as Uint8Array<ArrayBuffer>) : blobOf(part))),
        ),
      ),
    slice: (content, start, end) => new BlobContent(blobOf(content).slice(start, end)),
    read: (content, start, end) => new Uint8Array(reader.readAsArrayBuffer(blobOf(content).slice(start, end))),
    received: (data) => (data instanceof WorkerBlob ? new BlobContent(data) : undefined),
    posted: blobOf,
  };
}

class BytesContent implements FileContent {
  constructor(readonly bytes: Uint8Array<ArrayBuffer>) {}

  get size(): number {
    return this.bytes.length;
  }
}

/** For hosts without Blobs, and tests: contents stay in memory, and what is posted are bytes. */
export function memoryFiles(): FileHost {
  const bytesOf = (content: FileContent) => (content as BytesContent).bytes;
  return {
    join(parts) {
      const pieces = parts.map((part) => (part instanceof Uint8Array ? part : bytesOf(part)));
      const joined = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
      let offset = 0;
      for (const piece of pieces) {
        joined.set(piece, offset);
        offset += piece.length;
      }
      return new BytesContent(joined);
    },
    slice: (content, start, end) => new BytesContent(bytesOf(content).slice(start, end)),
    read: (content, start, end) => bytesOf(content).slice(start, end),
    received(data) {
      if (data instanceof ArrayBuffer) return new BytesContent(new Uint8Array(data.slice(0)));
      return data instanceof Uint8Array ? new BytesContent(data.slice()) : undefined;
    },
    posted: (content) => bytesOf(content) as unknown as Blob,
  };
}
