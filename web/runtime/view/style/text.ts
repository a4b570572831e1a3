/**
 * Rewrites of style text before the browser's parser sees it: rpx, safe-area variables, `url()`.
 *
 * `margin: 20rpx; background: url(/a.png)` becomes `margin: 2.66667vw; background: url("blob:…")`.
 * They are conveniences, not the wall: the frame's policy refuses every address that slips through.
 */

const urlToken = /url\(\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|((?:[^\s"'()\\]|\\.)*))\s*\)/gi;
const rpxOrOpaque = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^)]*\))|(-?(?:\d+\.?\d*|\.\d+))rpx\b/gi;

/** A 750th of the window's width, as `vw`: the browser computes it again by itself when the window is resized. */
export function convertRpx(text: string): string {
  return text.replace(rpxOrOpaque, (whole, opaque: string | undefined, number: string | undefined) =>
    opaque !== undefined || number === undefined ? whole : `${Number((Number(number) / 7.5).toFixed(5))}vw`,
  );
}

/** An embedded frame has no insets of its own: the shell's come as variables. */
export function convertEnvironment(text: string): string {
  return text.replace(
    /\b(?:env|constant)\(\s*safe-area-inset-(top|right|bottom|left)\s*/gi,
    (_, side: string) => `var(--mezze-safe-area-${side.toLowerCase()}`,
  );
}

/** Replaces each `url()` by what `replacement` gives for its address. */
export function replaceUrls(text: string, replacement: (address: string) => string): string {
  return text.replace(urlToken, (_, double?: string, single?: string, bare?: string) =>
    replacement(unescaped(double ?? single ?? bare ?? '')),
  );
}

export function cssUrl(address: string): string {
  return `url("${address.replace(/["\\\n]/g, (character) => `\\${character.charCodeAt(0).toString(16)} `)}")`;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:([0-9a-f]{1,6})\s?|(.))/gi, (_, code?: string, character?: string) =>
    code === undefined ? (character ?? '') : String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff)),
  );
}
