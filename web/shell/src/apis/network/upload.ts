/** `uploadFile`: a form with one file. XMLHttpRequest, since `fetch` tells nothing of how far an upload is. */

import { object, optional, safeParse, string } from 'valibot';
import type { CallContext } from '../../miniapp/bridge';
import { ApiFailure, fail } from '../../miniapp/failure';
import {
  asApiFailure,
  deadline,
  declaredUrl,
  gateHeaders,
  headersOf,
  type OutgoingMeta,
  readMeta,
  refusal,
} from './exchange';

type Args = Record<string, unknown>;

const problemSchema = object({ title: string(), detail: optional(string(), '') });

export async function uploadFile(context: CallContext, args: Args): Promise<Args> {
  const { bridge, resources } = context.app;
  const limit = deadline(args.timeout);
  const done = bridge.addTask(context.id, (method) => {
    if (method === 'upload.abort' || method === 'close') limit.abort();
  });
  try {
    const url = declaredUrl(context, args.url, 'upload');
    const path = String(args.filePath);
    const file = await resources.file(path);
    if (file === undefined) return fail(`file not found: ${path}`);
    const form = await encodeForm(
      String(args.name),
      String(args.fileName ?? path.split('/').at(-1)),
      file,
      args.formData,
    );
    const headers = { ...headersOf(args.header), 'content-type': form.type };
    const timeout = Number(args.timeout ?? 60_000);
    const meta: OutgoingMeta = { use: 'upload', method: 'POST', url, headers, timeout };
    const sent = await send(context, await gateHeaders(context, meta), form.body, limit.signal);
    const { statusCode, header, cookies } = sent.meta;
    bridge.event('upload.headers', { statusCode, header, cookies }, context.id);
    return { statusCode, data: sent.text };
  } finally {
    limit.clear();
    done();
  }
}

/** The browser writes the form, so that names and line ends are escaped as it knows best. */
async function encodeForm(
  name: string,
  fileName: string,
  file: Blob,
  fields: unknown,
): Promise<{ type: string; body: ArrayBuffer }> {
  const form = new FormData();
  if (typeof fields === 'object' && fields !== null) {
    for (const [field, value] of Object.entries(fields)) form.append(field, String(value));
  }
  form.append(name, file, fileName);
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? 'multipart/form-data';
  return { type, body: await encoded.arrayBuffer() };
}

function send(
  context: CallContext,
  headers: Record<string, string>,
  body: ArrayBuffer,
  signal: AbortSignal,
): Promise<{ meta: ReturnType<typeof readMeta>; text: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/gate/request');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      const detail = { totalBytesSent: loaded, totalBytesExpectedToSend: total };
      const progress = total > 0 ? Math.round((loaded / total) * 100) : 0;
      context.app.bridge.event('upload.progress', { progress, ...detail }, context.id);
    };
    request.onload = () => {
      try {
        if (request.status !== 200) reject(refused(request));
        else resolve({ meta: readMeta(request.getResponseHeader('Mezze-Gate-Meta')), text: request.responseText });
      } catch (failure) {
        reject(failure);
      }
    };
    request.onerror = () => reject(new ApiFailure('no network: the gate was not reached', 600_003));
    request.onabort = () => reject(asApiFailure(undefined, signal));
    signal.addEventListener('abort', () => request.abort());
    // Given up before there was anything to send.
    if (signal.aborted) reject(asApiFailure(undefined, signal));
    else request.send(body);
  });
}

function refused(request: XMLHttpRequest): ApiFailure {
  let value: unknown;
  try {
    value = JSON.parse(request.responseText);
  } catch {
    value = undefined;
  }
  const problem = safeParse(problemSchema, value);
  return new ApiFailure(problem.success ? refusal(problem.output) : `the gate answered ${request.status}`, 600_002);
}
