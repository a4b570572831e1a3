/** Colours that an app names in data: only what is a colour and nothing else reaches a style. */

export function safeColour(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const trimmed = value.trim();
  if (/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(trimmed)) return trimmed;
  if (/^[a-z]+$/i.test(trimmed)) return trimmed;
  return /^(rgb|rgba|hsl|hsla)\([\d\s.,%/deg-]+\)$/i.test(trimmed) ? trimmed : undefined;
}
