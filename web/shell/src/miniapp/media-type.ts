/** Media types by file name, for Blobs of package files. */
const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
  svg: 'image/svg+xml',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  woff: 'font/woff',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  otf: 'font/otf',
  css: 'text/css',
  json: 'application/json',
  txt: 'text/plain',
  pdf: 'application/pdf',
};

export function extensionOf(path: string): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(path.split(/[?#]/)[0] ?? '')?.[1]?.toLowerCase() ?? '';
}

export function mediaType(path: string): string {
  return types[extensionOf(path)] ?? 'application/octet-stream';
}

export function extensionOfType(type: string): string {
  const wanted = type.split(';')[0]?.trim().toLowerCase();
  return Object.entries(types).find(([, known]) => known === wanted)?.[0] ?? '';
}
