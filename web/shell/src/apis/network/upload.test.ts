/** Uploads: a form with one file, told as it goes; the gate's answer read back. XMLHttpRequest is stood in for. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { CallContext, TaskHandler } from '../../miniapp/bridge';
import { base64url, utf8 } from '../../package/bytes';
import { uploadFile } from './upload';

class FakeRequest {
  static last: FakeRequest;
  readonly headers: Record<string, string> = {};
  upload: { onprogress?: (event: object) => void } = {};
  onload: () => void = () => undefined;
  onerror: () => void = () => undefined;
  onabort: () => void = () => undefined;
  status = 200;
  responseText = 'thanks';
  sent: ArrayBuffer | undefined;

  constructor() {
    FakeRequest.last = this;
  }
  open(): void {}
  setRequestHeader(name: string, value: string): void {
    this.headers[name.toLowerCase()] = value;
  }
  getResponseHeader(): string {
    return base64url(utf8(JSON.stringify({ status: 201, headers: { 'x-a': 'b' } })));
  }
  abort(): void {
    this.onabort();
  }
  send(body: ArrayBuffer): void {
    this.sent = body;
  }
}

const event = vi.fn();
let task: TaskHandler = () => undefined;
const context = {
  id: 7,
  app: {
    config: { origins: { upload: ['https://a.example'] } },
    gate: { access: async () => ({ ticket: 'ticket' }) },
    bridge: {
      event,
      addTask: (_id: number, handler: TaskHandler) => {
        task = handler;
        return () => undefined;
      },
    },
    resources: {
      file: async (path: string) =>
        path === 'wxfile://tmp_1.png' ? new Blob(['picture'], { type: 'image/png' }) : undefined,
    },
    permission: { log: { contacted: () => undefined } },
  },
} as unknown as CallContext;

const args = { url: 'https://a.example/up', filePath: 'wxfile://tmp_1.png', name: 'photo', formData: { note: 'a&b' } };
const begun = () => vi.waitFor(() => expect(FakeRequest.last?.sent).toBeDefined());

beforeEach(() => {
  event.mockClear();
  FakeRequest.last = undefined as unknown as FakeRequest;
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
});

it('sends the fields and the file, and answers what the server said', async () => {
  const uploading = uploadFile(context, args);
  await begun();
  const request = FakeRequest.last;
  const form = new TextDecoder().decode(request.sent);
  expect(form).toContain('name="note"\r\n\r\na&b');
  expect(form).toContain('name="photo"; filename="tmp_1.png"\r\nContent-Type: image/png\r\n\r\npicture');
  request.upload.onprogress?.({ loaded: 50, total: 200 });
  request.onload();
  expect(await uploading).toEqual({ statusCode: 201, data: 'thanks' });
  const progress = { progress: 25, totalBytesSent: 50, totalBytesExpectedToSend: 200 };
  expect(event.mock.calls).toEqual([
    ['upload.progress', progress, 7],
    ['upload.headers', { statusCode: 201, header: { 'x-a': 'b' }, cookies: [] }, 7],
  ]);
});

it('is stopped by the app', async () => {
  const uploading = uploadFile(context, args);
  await begun();
  task('upload.abort', {});
  await expect(uploading).rejects.toThrow('abort');
  const atOnce = uploadFile(context, args);
  task('upload.abort', {});
  await expect(atOnce).rejects.toThrow('abort');
  expect(FakeRequest.last.sent).toBeUndefined();
});

it('says what is wrong', async () => {
  await expect(uploadFile(context, { ...args, filePath: '/none.png' })).rejects.toThrow('file not found: /none.png');
  await expect(uploadFile(context, { ...args, url: 'https://b.example/' })).rejects.toThrow('not declared for upload');
  const refused = uploadFile(context, args);
  await begun();
  Object.assign(FakeRequest.last, { status: 403, responseText: '{"title":"Refused","detail":"too large"}' });
  FakeRequest.last.onload();
  await expect(refused).rejects.toThrow('Refused: too large');
});
