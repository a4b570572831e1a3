/** A part of the page that a picture can be taken of (`takeSnapshot`). */
import type { ViewContext } from '../../view/context';
import { HandedOver } from '../../view/methods/handed-over';
import type { ViewNode } from '../../view/node';
import { Component } from '../component';
import { pictureOf } from './picture';

const defaults = { mode: 'view' };
const methodNames: ReadonlySet<string> = new Set(['takePicture', 'size']);

export class Snapshot extends Component<typeof defaults> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  override get methods(): ReadonlySet<string> {
    return methodNames;
  }

  /** `takePicture` with `png`, `jpg` or `rgba`: `{ bytes, width, height }` in device pixels. */
  override async invoke(method: string, [format]: readonly unknown[]): Promise<unknown> {
    if (method === 'size') return { width: this.host.offsetWidth, height: this.host.offsetHeight };
    if (this.host.querySelector('mz-open-data') !== null) throw new Error('a snapshot may not contain open-data');
    const canvas = await pictureOf(this.host, devicePixelRatio);
    const bytes = await bytesOf(canvas, String(format));
    return new HandedOver({ bytes, width: canvas.width, height: canvas.height }, [bytes]);
  }
}

async function bytesOf(canvas: HTMLCanvasElement, format: string): Promise<ArrayBuffer> {
  if (format === 'rgba') {
    const { data } = drawing(canvas).getImageData(0, 0, canvas.width, canvas.height);
    return data.buffer;
  }
  if (format !== 'png' && format !== 'jpg') throw new Error(`format "${format}" is neither rgba, png nor jpg`);
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, format === 'jpg' ? 'image/jpeg' : 'image/png', 0.92),
  );
  if (blob === null) throw new Error('the picture could not be written');
  return blob.arrayBuffer();
}

function drawing(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('there is no canvas to draw on');
  return context;
}
