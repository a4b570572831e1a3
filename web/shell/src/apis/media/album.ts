/** Saving and opening files on the device: a browser does both by a download. */
import type { CallContext } from '../../miniapp/bridge';
import { fail } from '../../miniapp/failure';
import { extensionOf, extensionOfType } from '../../miniapp/media-type';
import { pictureType } from './picture';

type Args = Record<string, unknown>;

const documents = new Set(['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'pdf']);

export const albumApis = {
  async saveImageToPhotosAlbum({ app }: CallContext, args: Args): Promise<void> {
    const path = String(args.filePath);
    const blob = await fileOf(app, path);
    const head = new Uint8Array(await blob.slice(0, 64).arrayBuffer());
    if (pictureType(head) === 'unknown' && !blob.type.startsWith('image/')) fail('invalid file type');
    download(blob, nameFor(path, blob, 'png'));
  },
  async saveVideoToPhotosAlbum({ app }: CallContext, args: Args): Promise<void> {
    const path = String(args.filePath);
    const blob = await fileOf(app, path);
    if (!blob.type.startsWith('video/')) fail('invalid file type');
    download(blob, nameFor(path, blob, 'mp4'));
  },
  async saveFileToDisk({ app }: CallContext, args: Args): Promise<void> {
    const path = String(args.filePath);
    const blob = await fileOf(app, path);
    download(blob, nameFor(path, blob, 'bin'));
  },
  /** The device's own program shows it; a page of the shell's origin that shows documents of apps would be a risk. */
  async openDocument({ app }: CallContext, args: Args): Promise<void> {
    const path = String(args.filePath);
    const blob = await fileOf(app, path);
    const type = String(args.fileType ?? extensionOf(path)).toLowerCase();
    if (!documents.has(type)) fail('filetype not supported');
    download(blob, nameFor(path, blob, type, type));
  },
};

async function fileOf(app: CallContext['app'], path: string): Promise<Blob> {
  const blob = await app.resources.file(path);
  return blob ?? fail(`no such file or directory, open "${path}"`);
}

/** The file's own name where it has one that means something. */
function nameFor(path: string, blob: Blob, otherwise: string, extension?: string): string {
  const last = path.split('/').at(-1) ?? '';
  const own = /^(tmp|store)_/.test(last) ? '' : last;
  const ending = extension ?? (extensionOf(last) || extensionOfType(blob.type) || otherwise);
  const base = own === '' ? `mezze-${new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-')}` : own;
  return extensionOf(base) === ending ? base : `${base}.${ending}`;
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  // Whatever it is, the browser is to keep it and not to show it as a page of the shell's origin.
  const url = URL.createObjectURL(
    blob.slice(0, blob.size, blob.type === 'text/html' ? 'application/octet-stream' : blob.type),
  );
  link.href = url;
  link.download = name.replace(/[\\/:*?"<>|]/g, '_').slice(-200);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
