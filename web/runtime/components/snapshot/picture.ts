/**
 * Draws a part of the page as a picture: a copy of it with every computed style written out stands in an SVG
 * (`foreignObject`), which the browser draws like any picture. What is a picture already (images, canvases) is drawn
 * into the copy as data, since such an SVG may load nothing.
 */

/** Styles that say where something is or how it moves, not what it looks like inside a picture. */
const left = new Set(['transition', 'animation', 'cursor', 'pointer-events', 'user-select']);
const longest = 4096;

/** `look` is what of the element's own style is drawn in another way. */
export async function pictureOf(
  host: HTMLElement,
  ratio: number,
  look: Partial<CSSStyleDeclaration> = {},
): Promise<HTMLCanvasElement> {
  const { width, height } = host.getBoundingClientRect();
  if (width < 1 || height < 1) throw new Error('the snapshot has no size');
  const scale = Math.min(ratio, longest / width, longest / height);
  const copy = copyOf(host);
  Object.assign(copy.style, { position: 'static', margin: '0', left: 'auto', top: 'auto', transform: 'none' }, look);
  copy.setAttribute('xmlns', 'http://www.w3.org/1999/xhtml');
  const body = new XMLSerializer().serializeToString(copy);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" ` +
    `viewBox="0 0 ${width} ${height}"><foreignObject width="100%" height="100%">${body}</foreignObject></svg>`;
  const picture = new globalThis.Image();
  // As an address with the text in it: a Blob's would taint the canvas.
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode().catch(() => {
    throw new Error('the snapshot could not be drawn');
  });
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function copyOf(element: HTMLElement): HTMLElement {
  const drawn = pictureData(element);
  const copy = document.createElement(drawn === null ? 'div' : 'img');
  const style = getComputedStyle(element);
  const text = [...style]
    .filter((name) => !left.has(name.replace(/-(duration|delay|name|property|timing-function|behavior).*$/, '')))
    .map((name) => `${name}:${withoutAddresses(style.getPropertyValue(name))}`)
    .join(';');
  copy.setAttribute('style', text);
  if (drawn !== null) {
    copy.setAttribute('src', drawn);
    return copy;
  }
  for (const child of element.childNodes) {
    if (child instanceof HTMLElement && getComputedStyle(child).display !== 'none') copy.append(copyOf(child));
    else if (child instanceof SVGElement) copy.append(child.cloneNode(true));
    else if (child instanceof Text) copy.append(child.data);
  }
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) copy.append(element.value);
  return copy;
}

/** A picture or canvas as data; nothing where it may not be read. */
function pictureData(element: HTMLElement): string | null {
  const drawable = element instanceof HTMLImageElement || element instanceof HTMLCanvasElement;
  if (!drawable) return null;
  const canvas = document.createElement('canvas');
  const [width, height] =
    element instanceof HTMLImageElement
      ? [element.naturalWidth || element.clientWidth, element.naturalHeight || element.clientHeight]
      : [element.width, element.height];
  canvas.width = Math.max(1, Math.min(longest, width));
  canvas.height = Math.max(1, Math.min(longest, height));
  try {
    canvas.getContext('2d')?.drawImage(element, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL();
  } catch {
    return '';
  }
}

function withoutAddresses(value: string): string {
  return value.includes('url(') ? value.replace(/url\("(?!data:)[^"]*"\)/g, 'none') : value;
}
