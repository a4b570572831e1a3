/**
 * Rewrites of style text before the browser's parser sees it: rpx, safe-area variables, font families, `url()`.
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

const fontOrOpaque =
  /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^)]*\))|((?:^|[{;\s])font(?:-family)?\s*:\s*)((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^;{}"'!])+)(?=[;}!]|$)/gi;
const genericFamily =
  /(?:^|[\s,])(?:(?:ui-)?(?:sans-serif|serif|monospace|rounded)|cursive|fantasy|system-ui|math|emoji)$/i;

/**
 * Lets `font` and `font-family` that name no generic family end in `sans-serif`: makers name the fonts of their own
 * telephones, and where none of those is installed the browser's choice has serifs, which no telephone's has.
 */
export function completeFonts(text: string): string {
  return text.replace(fontOrOpaque, (whole, opaque?: string, name?: string, given?: string) => {
    if (opaque !== undefined || name === undefined || given === undefined) return whole;
    const value = given.trimEnd();
    // One word is a keyword or the name of a single family; only `font-family` can mean the latter.
    const keyword = /^(?:inherit|initial|unset|revert|revert-layer)$/i.test(value);
    const wordOfFont = /font\s*:\s*$/i.test(name) && /^[\w-]+$/.test(value);
    return keyword || wordOfFont || genericFamily.test(value)
      ? whole
      : `${name}${value},sans-serif${given.slice(value.length)}`;
  });
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
