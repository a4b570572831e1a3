/**
 * Asks the user for files of the device. A browser opens its picker only for a touch of the user's: the tap that led to
 * the call counts for a few seconds; later, a sheet asks for one.
 */
import { text } from '../../localization';
import { fail } from '../../miniapp/failure';
import type { MiniApp } from '../../miniapp/mini-app';
import { CameraForm } from '../../window/forms/camera-form';
import { askForm } from '../ask-form';

export interface Wish {
  accept: string;
  count: number;
  sources: readonly ('album' | 'camera')[];
  /** Which camera, where the device has two. */
  camera: 'front' | 'back';
  /** Seconds that a video may last. */
  longest?: number;
  /** What the sheet calls it. */
  kind: 'picture' | 'video' | 'media' | 'file';
}

/** The original's `errno` for what the user gave up. */
const cancelled = 1;

/** The chosen files, at least one; fails with `cancel` where the user chose none. */
export async function pickFiles(app: MiniApp, wish: Wish): Promise<File[]> {
  const sources = wish.sources.filter((source) => source === 'album' || takesPictures() || canShoot());
  const [first = 'album'] = sources;
  let source = first;
  if (sources.length > 1 || !touched()) {
    const items = (sources.length > 1 ? ['camera', 'album'] : [first]) as ('album' | 'camera')[];
    const labels = items.map((item) => text(item === 'camera' ? `pick.camera.${wish.kind}` : `pick.${wish.kind}`));
    const index = await app.interactions.askSheet({ items: labels, colour: undefined, alert: '' });
    source = (index === undefined ? undefined : items[index]) ?? fail('cancel', cancelled);
  }
  const files = await (source === 'camera' && !takesPictures() ? shoot(app, wish) : open(wish, source));
  return files.length === 0 ? fail('cancel', cancelled) : files.slice(0, wish.count);
}

/** Whether the browser opens a camera by itself for a file field; those of phones do. */
function takesPictures(): boolean {
  return 'capture' in HTMLInputElement.prototype;
}

/** On a computer the shell takes the picture. */
function canShoot(): boolean {
  return 'mediaDevices' in navigator;
}

async function shoot(app: MiniApp, { kind, camera, longest }: Wish): Promise<File[]> {
  const form = new CameraForm();
  form.kind = kind === 'file' ? 'media' : kind;
  form.facing = camera;
  form.longest = longest ?? 60;
  const file = await askForm(app, text(`pick.camera.${kind}`), form);
  return file === undefined ? [] : [file];
}

function touched(): boolean {
  return !('userActivation' in navigator) || navigator.userActivation.isActive;
}

function open(wish: Wish, source: 'album' | 'camera'): Promise<File[]> {
  const field = document.createElement('input');
  field.type = 'file';
  field.accept = wish.accept;
  field.multiple = source === 'album' && wish.count > 1;
  if (source === 'camera') field.setAttribute('capture', wish.camera === 'front' ? 'user' : 'environment');
  field.hidden = true;
  document.body.append(field);
  return new Promise<File[]>((resolve) => {
    field.addEventListener('change', () => resolve([...(field.files ?? [])]), { once: true });
    field.addEventListener('cancel', () => resolve([]), { once: true });
    field.click();
  }).finally(() => field.remove());
}
