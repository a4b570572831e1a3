/** The two helpers that WXS code has beside the language: regular expressions and dates without `new`. */
export const wxsGlobals: Record<string, unknown> = {
  getRegExp: (pattern: unknown, flags?: unknown) =>
    new RegExp(String(pattern), flags === undefined ? undefined : String(flags)),
  getDate: (...parts: unknown[]) => (parts.length === 0 ? new Date() : Reflect.construct(Date, parts)),
};
