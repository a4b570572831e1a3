/** What flies from place to place above the page: a copy of an element, or a picture of one that stands elsewhere. */
import { part } from '../component';
import type { Box, Tween } from './tween';

export interface Shuttle {
  readonly layer: HTMLElement;
  /** Puts it where it is at this moment. */
  place(box: Box): void;
  remove(): void;
}

/** How much the shapes at both ends may differ before what does not fit the box on the way is cut off. */
const sameShape = 1.25;

/**
 * A copy, laid out at the size that the element has and enlarged as a whole, so that nothing in it is bent. It stands
 * among copies of the elements that the original stands in, without boxes of their own: styles by descent still hold.
 */
export function copyShuttle(original: HTMLElement, ends: readonly Box[]): Shuttle {
  const { width, height } = original.getBoundingClientRect();
  const copy = original.cloneNode(true) as HTMLElement;
  drawCanvases(original, copy);
  copy.classList.remove('mz-in-flight');
  for (const [name, value] of Object.entries({ position: 'absolute', inset: '0 auto auto 0', margin: '0' })) {
    copy.style.setProperty(name, value, 'important');
  }
  Object.assign(copy.style, { width: `${width}px`, height: `${height}px`, transformOrigin: '0 0' });
  const layer = part('mz-flight', document.body);
  layer.append(amongAncestors(original, copy));
  layer.style.overflow = shapesDiffer(ends) ? 'hidden' : 'visible';
  return {
    layer,
    place: (box) => {
      place(layer, box);
      const scale = Math.max(box.width / Math.max(1, width), box.height / Math.max(1, height));
      const [x, y] = [(box.width - width * scale) / 2, (box.height - height * scale) / 2];
      copy.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    },
    remove: () => layer.remove(),
  };
}

function shapesDiffer(ends: readonly Box[]): boolean {
  const shapes = ends.map(({ width, height }) => width / Math.max(1, height));
  return Math.max(...shapes) > Math.min(...shapes) * sameShape;
}

export function pictureShuttle(picture: ImageBitmap): Shuttle {
  const layer = part('mz-flight', document.body);
  const canvas = part('', layer, 'canvas') as HTMLCanvasElement;
  canvas.width = picture.width;
  canvas.height = picture.height;
  Object.assign(canvas.style, { width: '100%', height: '100%', objectFit: 'cover', objectPosition: '50% 0' });
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
  return { layer, place: (box) => place(layer, box), remove: () => layer.remove() };
}

export interface Course {
  tween: Tween;
  /** Milliseconds. */
  duration: number;
  /** Called for each frame; a box that it gives takes the place of the tween's. */
  frame(progress: number, box: Box): Box | undefined;
}

/** Settles when the shuttle has arrived. Without one only the frames are told. */
export function fly(shuttle: Shuttle | undefined, { tween, duration, frame }: Course): Promise<void> {
  const start = performance.now();
  return new Promise((resolve) => {
    const step = () => {
      const progress = duration <= 0 ? 1 : Math.min(1, Math.max(0, (performance.now() - start) / duration));
      const box = tween(progress);
      const given = frame(progress, box);
      shuttle?.place(given ?? box);
      if (progress < 1) requestAnimationFrame(step);
      else resolve();
    };
    step();
  });
}

function place(layer: HTMLElement, { left, top, width, height }: Box): void {
  Object.assign(layer.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}

function amongAncestors(original: HTMLElement, copy: HTMLElement): HTMLElement {
  let inner = copy;
  for (let at = original.parentElement; at !== null && at !== document.body; at = at.parentElement) {
    const shell = at.cloneNode(false) as HTMLElement;
    shell.style.setProperty('display', 'contents', 'important');
    shell.append(inner);
    inner = shell;
  }
  return inner;
}

/** A copied canvas is empty. */
function drawCanvases(original: HTMLElement, copy: HTMLElement): void {
  const copies = copy.querySelectorAll('canvas');
  for (const [index, canvas] of [...original.querySelectorAll('canvas')].entries()) {
    if (canvas.width > 0 && canvas.height > 0) copies[index]?.getContext('2d')?.drawImage(canvas, 0, 0);
  }
}
