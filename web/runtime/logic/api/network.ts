/** `request`, `uploadFile` and `downloadFile`: the shell carries them out, the worker encodes and decodes. */
import type { CallResult } from '../bridge/bridge';
import { type ApiContext, callingPage, type Implementations } from './context';
import type { Arguments, Settle } from './outcome';

type Listener = (detail: unknown) => void;

/** Listeners of one running task by event name. */
class TaskListeners {
  private readonly listeners = new Map<string, Set<Listener>>();

  on(event: string): (listener: Listener) => void {
    return (listener) => {
      const listeners = this.listeners.get(event) ?? new Set();
      this.listeners.set(event, listeners);
      if (typeof listener === 'function') listeners.add(listener);
    };
  }

  off(event: string): (listener?: Listener) => void {
    return (listener) => {
      if (listener === undefined) this.listeners.delete(event);
      else this.listeners.get(event)?.delete(listener);
    };
  }

  emit(context: ApiContext, event: string, detail: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) context.reporter.guard(event, () => listener(detail));
  }
}

export function networkApis(context: ApiContext): Pick<Implementations, 'tasks'> {
  const start = (api: string, prefix: string, args: Arguments, finish: (result: CallResult) => void) => {
    const listeners = new TaskListeners();
    const id = context.bridge.call(api, args, callingPage(context), (result) => {
      context.bridge.endTask(id);
      finish(result);
    });
    context.bridge.listenToTask(id, (event, detail) => listeners.emit(context, event, detail));
    return { listeners, abort: () => context.bridge.messageTask(id, `${prefix}.abort`, {}) };
  };
  const { networkTimeout } = context.config;
  return {
    tasks: {
      request: (args, settle) => {
        const sent = encodeRequest({ timeout: networkTimeout.request, ...args });
        const { listeners, abort } = start('request', 'request', sent, (result) => {
          settle(result.ok ? { ok: true, value: decodeResponse(result.value, args, context) } : result);
        });
        return {
          abort,
          onHeadersReceived: listeners.on('request.headers'),
          offHeadersReceived: listeners.off('request.headers'),
          onChunkReceived: listeners.on('request.chunk'),
          offChunkReceived: listeners.off('request.chunk'),
        };
      },
      uploadFile: (args, settle) =>
        transfer(start, 'uploadFile', 'upload', { timeout: networkTimeout.uploadFile, ...args }, settle),
      downloadFile: (args, settle) =>
        transfer(start, 'downloadFile', 'download', { timeout: networkTimeout.downloadFile, ...args }, settle),
    },
  };
}

type Start = (
  api: string,
  prefix: string,
  args: Arguments,
  finish: (result: CallResult) => void,
) => { listeners: TaskListeners; abort: () => void };

function transfer(start: Start, api: string, prefix: string, args: Arguments, settle: Settle): object {
  const { listeners, abort } = start(api, prefix, args, settle);
  return {
    abort,
    onProgressUpdate: listeners.on(`${prefix}.progress`),
    offProgressUpdate: listeners.off(`${prefix}.progress`),
    onHeadersReceived: listeners.on(`${prefix}.headers`),
    offHeadersReceived: listeners.off(`${prefix}.headers`),
  };
}

/** Puts data where WeChat puts it: into the query of a GET, otherwise into the body as the content type says. */
export function encodeRequest(args: Arguments): Arguments {
  const method = String(args.method ?? 'GET').toUpperCase();
  const header = lowerCaseNames(args.header);
  header['content-type'] ??= 'application/json';
  const { data, ...rest } = args;
  const sent: Arguments = { ...rest, method, header };
  if (data === undefined || data === null) return sent;
  const isBytes = data instanceof ArrayBuffer || ArrayBuffer.isView(data);
  if ((method === 'GET' || method === 'HEAD') && !isBytes) {
    const query = typeof data === 'string' ? data : formEncode(data as Arguments);
    if (query !== '') sent.url = withQuery(String(args.url), query);
  } else if (isBytes || typeof data === 'string') {
    sent.data = ArrayBuffer.isView(data) ? bytesOf(data) : data;
  } else if (header['content-type'].includes('application/x-www-form-urlencoded')) {
    sent.data = formEncode(data as Arguments);
  } else sent.data = JSON.stringify(data);
  return sent;
}

function bytesOf(view: ArrayBufferView): ArrayBuffer {
  return new Uint8Array(view.buffer as ArrayBuffer).slice(view.byteOffset, view.byteOffset + view.byteLength).buffer;
}

function lowerCaseNames(header: unknown): Record<string, string> {
  const names: Record<string, string> = {};
  if (typeof header !== 'object' || header === null) return names;
  for (const [name, value] of Object.entries(header)) {
    if (value !== undefined && value !== null) names[name.toLowerCase()] = String(value);
  }
  return names;
}

function withQuery(url: string, query: string): string {
  const [address = '', fragment] = url.split('#', 2);
  const joined = `${address}${address.includes('?') ? '&' : '?'}${query}`;
  return fragment === undefined ? joined : `${joined}#${fragment}`;
}

function formEncode(data: Arguments): string {
  return Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
      return `${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
    })
    .join('&');
}

function decodeResponse(value: Record<string, unknown>, args: Arguments, context: ApiContext): Record<string, unknown> {
  if (args.responseType === 'arraybuffer' || !(value.data instanceof ArrayBuffer)) return value;
  const text = context.host.decodeText(value.data);
  if (args.dataType !== undefined && args.dataType !== 'json') return { ...value, data: text };
  try {
    return { ...value, data: JSON.parse(text) as unknown };
  } catch {
    return { ...value, data: text };
  }
}
