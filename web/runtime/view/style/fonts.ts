/**
 * `@font-face` rules: taken out of a style sheet and loaded as `FontFace` objects, since their sources have to be
 * asked for over the frame's port first.
 */
import type { Resources } from '../resources';
import { cssUrl, replaceUrls } from './text';

const fontFaceRule = /@font-face\s*\{[^{}]*\}/gi;
const usableFormats = /^(woff2?|truetype|opentype|ttf|otf)(-variations)?$/i;

/** The sheet without its font faces, and the rules that were taken out. */
export function takeFontFaces(text: string): { text: string; rules: string[] } {
  const rules: string[] = [];
  const rest = text.replace(fontFaceRule, (rule) => {
    rules.push(rule);
    return '';
  });
  return { text: rest, rules };
}

export async function loadFontFace(rule: string, resources: Resources): Promise<void> {
  const sources = fontSources(rule);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(replaceUrls(rule, () => 'url("data:,")'));
  const style = (sheet.cssRules[0] as CSSFontFaceRule | undefined)?.style;
  const family = style?.getPropertyValue('font-family').replace(/^["']|["']$/g, '') ?? '';
  if (style === undefined || family === '') return;
  const descriptors: FontFaceDescriptors = {};
  const names = {
    'font-weight': 'weight',
    'font-style': 'style',
    'font-stretch': 'stretch',
    'unicode-range': 'unicodeRange',
  } as const;
  for (const [property, name] of Object.entries(names)) {
    const value = style.getPropertyValue(property);
    if (value !== '') descriptors[name] = value;
  }
  for (const source of sources) {
    try {
      const face = new FontFace(family, cssUrl(await resources.resolve(source, 'font')), descriptors);
      document.fonts.add(face);
      await face.load();
      return;
    } catch {
      // The next source of the rule is tried; the refusal itself was reported where it happened.
    }
  }
}

/** Addresses of the `src` descriptors in order, those of formats that no engine of ours reads left out. */
function fontSources(rule: string): string[] {
  const sources: string[] = [];
  const withFormat = /(url\((?:"[^"]*"|'[^']*'|[^)"']*)\))\s*(?:format\(\s*["']?([\w-]+)["']?\s*\))?/gi;
  for (const [, url, format] of rule.matchAll(withFormat)) {
    if (url === undefined || (format !== undefined && !usableFormats.test(format))) continue;
    replaceUrls(url, (address) => {
      if (!/\.(eot|svg)([?#]|$)/i.test(address)) sources.push(address);
      return '';
    });
  }
  return sources;
}
