/** Finds a code in a picture: the browser's own detector where there is one, else jsQR, which knows QR codes alone. */

export interface FoundCode {
  text: string;
  /** As the original names it: `QR_CODE`, `EAN_13`, … */
  type: string;
}

type Picture = HTMLVideoElement | ImageBitmap;

interface Detector {
  detect(picture: Picture): Promise<{ rawValue: string; format: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** The browser's formats by what `scanType` calls them. */
const groups: Record<string, readonly string[]> = {
  qrCode: ['qr_code'],
  barCode: ['codabar', 'code_39', 'code_93', 'code_128', 'ean_8', 'ean_13', 'itf', 'upc_a', 'upc_e'],
  datamatrix: ['data_matrix'],
  pdf417: ['pdf417'],
};
const ownNames: Record<string, string> = { pdf417: 'PDF_417' };
/** Larger pictures are scaled down before jsQR looks at them. */
const largest = 1200;

export function formatsOf(types: readonly string[] | undefined): string[] {
  const wanted = types?.filter((type) => type in groups) ?? [];
  return (wanted.length === 0 ? ['barCode', 'qrCode'] : wanted).flatMap((type) => groups[type] ?? []);
}

export async function codeReader(formats: string[]): Promise<(picture: Picture) => Promise<FoundCode | undefined>> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  const supported = (await BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
  const usable = formats.filter((format) => supported.includes(format));
  if (BarcodeDetector !== undefined && usable.length > 0) {
    const detector = new BarcodeDetector({ formats: usable });
    return async (picture) => {
      const [found] = await detector.detect(picture).catch(() => []);
      return found && { text: found.rawValue, type: ownNames[found.format] ?? found.format.toUpperCase() };
    };
  }
  const { default: readCode } = await import('jsqr');
  return (picture) => {
    const pixels = pixelsOf(picture);
    const found = pixels && readCode(pixels.data, pixels.width, pixels.height);
    return Promise.resolve(found ? { text: found.data, type: 'QR_CODE' } : undefined);
  };
}

let canvas: HTMLCanvasElement | undefined;

function pixelsOf(picture: Picture): ImageData | undefined {
  const [width, height] =
    picture instanceof HTMLVideoElement ? [picture.videoWidth, picture.videoHeight] : [picture.width, picture.height];
  if (width === 0 || height === 0) return undefined;
  const scale = Math.min(1, largest / Math.max(width, height));
  canvas ??= document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context?.getImageData(0, 0, canvas.width, canvas.height);
}
