/**
 * Runs scripts that the shell sent, and nothing else. An app can replace built-ins and so get at what the runtime
 * holds; it must not make code of text of its own by it, nor see the functions that load scripts pass by. So what
 * stands here was captured before the app runs, and looks nothing up on a prototype that the app could have changed.
 */

/** Lines of a script, counted from 0. */
export interface LineRange {
  start: number;
  lines: number;
}

export interface Scripts {
  /** Takes the scripts of messages that come over the port. */
  admitFrom(port: MessagePort): void;
  admit(script: unknown): void;
  /** Runs a script and returns the name it has in stack traces; throws where the shell did not send it. */
  run(script: Blob): string;
  /** Parts of a script that the shell sent, joined. */
  part(script: Blob, ranges: readonly LineRange[]): Blob;
  isAdmitted(script: unknown): boolean;
}

const carried = ['scripts', 'templates'] as const;
const newline = 10;

export function captureScripts(): Scripts {
  const { apply } = Reflect;
  const { hasOwn, getOwnPropertyDescriptor } = Object;
  const { has, add } = WeakSet.prototype;
  const { addEventListener } = EventTarget.prototype;
  const { slice } = Blob.prototype;
  const [ScriptBlob, Bytes, Offsets] = [Blob, Uint8Array, Uint32Array];
  const { iterator } = Symbol;
  const dataOf = getOwnPropertyDescriptor(MessageEvent.prototype, 'data')?.get as () => unknown;
  const { importScripts } = globalThis as unknown as { importScripts: (...urls: string[]) => void };
  const createObjectURL = URL.createObjectURL.bind(URL);
  const reader = new FileReaderSync();
  const scope = globalThis;
  const admitted = new WeakSet<object>();

  const isAdmitted = (script: unknown): boolean => apply(has, admitted, [script]) as boolean;
  const admit = (script: unknown): void => {
    if (typeof script === 'object' && script !== null) apply(add, admitted, [script]);
  };
  const refuse = (): never => {
    throw new TypeError('only scripts of the package are run');
  };
  /** Given to a constructor of the browser's, which would go through an array by its prototype's iterator. */
  const inOrder = (parts: readonly Blob[], count: number): BlobPart[] => {
    const next = () => {
      let at = 0;
      return {
        next: () => (at < count ? { done: false, value: parts[at++] } : { done: true, value: undefined }),
      };
    };
    return { [iterator]: next } as unknown as BlobPart[];
  };

  return {
    isAdmitted,
    admit,
    admitFrom(port) {
      apply(addEventListener, port, [
        'message',
        (event: unknown) => {
          const data = apply(dataOf, event, []) as Record<string, unknown> | null;
          if (typeof data !== 'object' || data === null) return;
          for (let at = 0; at < carried.length; at += 1) {
            const name = carried[at] as string;
            if (hasOwn(data, name)) admit(data[name]);
          }
        },
      ]);
    },
    run(script) {
      if (!isAdmitted(script)) refuse();
      // Not revoked: stack traces and the developer tools go on naming it.
      const url = createObjectURL(script);
      apply(importScripts, scope, [url]);
      return url;
    },
    part(script, ranges) {
      if (!isAdmitted(script)) refuse();
      const bytes = new Bytes(reader.readAsArrayBuffer(script));
      // Where each line begins; one more than there are lines at most.
      const begins = new Offsets(script.size + 2);
      let count = 1;
      for (let at = 0; at < script.size; at += 1) if (bytes[at] === newline) begins[count++] = at + 1;
      for (let line = count; line < begins.length; line += 1) begins[line] = script.size;
      const offset = (line: number) => begins[line < count ? line : count] ?? script.size;
      const type = 'text/javascript';
      let joined = new ScriptBlob(inOrder([], 0), { type });
      for (let at = 0; at < ranges.length; at += 1) {
        const { start, lines } = ranges[at] as LineRange;
        const piece = apply(slice, script, [offset(start), offset(start + lines), type]) as Blob;
        joined = new ScriptBlob(inOrder([joined, piece], 2), { type });
      }
      admit(joined);
      return joined;
    },
  };
}

declare const FileReaderSync: { new (): { readAsArrayBuffer(blob: Blob): ArrayBuffer } };
