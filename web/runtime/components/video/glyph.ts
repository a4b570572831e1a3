/** The pictures of media controls: strokes and shapes on a 24 by 24 grid, drawn in the colour of the text. */

const svg = 'http://www.w3.org/2000/svg';

const shapes = {
  play: ['fill', 'M7 4.5v15l12.5-7.5z'],
  pause: ['fill', 'M6 4.5h4v15H6zM14 4.5h4v15h-4z'],
  expand: ['stroke', 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5'],
  shrink: ['stroke', 'M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5'],
  sound: ['stroke', 'M11 5 6.5 9H3v6h3.5L11 19zM15 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11'],
  silent: ['stroke', 'M11 5 6.5 9H3v6h3.5L11 19zM22 9l-6 6M16 9l6 6'],
  danmu: ['stroke', 'M4 5h16v11H9l-4 3.5V16H4zM8 9h8M8 12.5h5'],
  small: ['stroke', 'M3 5h18v14H3zM12 12h7v5h-7z'],
  cast: ['stroke', 'M3 8V5h18v14h-7M3 12a7 7 0 0 1 7 7M3 16a3 3 0 0 1 3 3'],
  back: ['stroke', 'M15 5l-7 7 7 7'],
  lock: ['stroke', 'M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3'],
  unlock: ['stroke', 'M6 11h12v9H6zM9 11V8a3 3 0 0 1 5.8-1'],
  forward: ['stroke', 'M4 6l7 6-7 6zM13 6l7 6-7 6z'],
  rewind: ['stroke', 'M20 6l-7 6 7 6zM11 6l-7 6 7 6z'],
  light: ['stroke', 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5'],
  headphones: ['stroke', 'M4 14v-2a8 8 0 0 1 16 0v2M4 14h3v6H4zM17 14h3v6h-3z'],
} as const; // biome-ignore format: one list

export type GlyphName = keyof typeof shapes;

/** Decoration: what holds it has the name. */
export function glyph(name: GlyphName): SVGElement {
  const [kind, path] = shapes[name];
  const picture = document.createElementNS(svg, 'svg');
  const outline = document.createElementNS(svg, 'path');
  outline.setAttribute('d', path);
  for (const [attribute, value] of Object.entries({ viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'mz-glyph' })) {
    picture.setAttribute(attribute, value);
  }
  const look =
    kind === 'fill'
      ? { fill: 'currentColor' }
      : {
          fill: 'none',
          stroke: 'currentColor',
          'stroke-width': '1.75',
          'stroke-linecap': 'round',
          'stroke-linejoin': 'round',
        };
  for (const [attribute, value] of Object.entries(look)) outline.setAttribute(attribute, value);
  picture.append(outline);
  return picture;
}

/** A button of ours with a picture and a name. */
export function glyphButton(className: string, name: GlyphName, label: string, press: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = `mz-media-button ${className}`;
  setGlyph(button, name, label);
  button.addEventListener('click', (event) => {
    event.stopPropagation();
    press();
  });
  return button;
}

export function setGlyph(button: HTMLElement, name: GlyphName, label: string): void {
  if (button.dataset.glyph !== name) {
    button.dataset.glyph = name;
    button.replaceChildren(glyph(name));
  }
  button.setAttribute('aria-label', label);
}

/** `3:07` as `03:07`, an hour as `1:03:07`; nothing that is no time. */
export function clock(seconds: number): string {
  const whole = Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds) : 0;
  const pad = (value: number) => String(value).padStart(2, '0');
  const rest = `${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${rest}` : rest;
}
