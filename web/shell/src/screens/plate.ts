/** A mini app's picture on a round plate; without a picture, the first letter of its name. */
import { html, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';

const tints = ['#5e6b2a', '#2c7f63', '#a8283e', '#b3740f', '#4f5f8a', '#7a4b6a'];

export function plate(iconUrl: string, name: string, size: number): TemplateResult {
  const outer = { width: `${size}px`, height: `${size}px`, borderRadius: '50%', display: 'grid', placeItems: 'center' };
  const letter = Array.from(name.trim())[0]?.toUpperCase() ?? '·';
  const tint = tints[[...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % tints.length];
  const bare = { background: tint ?? '', color: '#fff', fontWeight: '600', fontSize: `${Math.round(size * 0.4)}px` };
  if (iconUrl === '') return html`<span aria-hidden="true" style=${styleMap({ ...outer, ...bare })}>${letter}</span>`;
  const picture = { width: '100%', height: '100%', objectFit: 'cover', borderRadius: '50%', display: 'block' };
  const hide = (event: Event) => {
    const image = event.currentTarget as HTMLImageElement;
    image.replaceWith(letter);
  };
  return html`<span
    aria-hidden="true"
    style=${styleMap({ ...outer, overflow: 'hidden', ...bare, background: 'var(--plate)', color: 'var(--muted)' })}
  >
    <img src=${iconUrl} alt="" style=${styleMap(picture)} @error=${hide} />
  </span>`;
}
