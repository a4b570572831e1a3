/** What a page frame may say to the shell, checked. Texts are cut, not refused: they are only shown. */
import {
  type InferOutput,
  literal,
  maxLength,
  number,
  object,
  optional,
  picklist,
  pipe,
  record,
  regex,
  string,
  transform,
  unknown,
  variant,
} from 'valibot';

const shown = pipe(
  string(),
  transform((text) => text.slice(0, 4000)),
);

export const frameMessageSchema = variant('k', [
  object({ k: literal('booted') }),
  object({ k: literal('painted'), pageId: number(), after: number() }),
  object({
    k: literal('gesture'),
    token: pipe(string(), regex(/^[0-9a-f]{32}$/)),
    node: number(),
    type: pipe(string(), maxLength(64)),
    openType: optional(pipe(string(), maxLength(64))),
  }),
  object({
    k: literal('resolve'),
    id: number(),
    src: pipe(string(), maxLength(16_384)),
    kind: picklist(['image', 'media', 'font', 'style', 'data']),
  }),
  object({ k: literal('violation'), rule: shown, detail: shown }),
  object({ k: literal('console'), level: picklist(['warn', 'error']), text: shown }),
  object({
    k: literal('host'),
    id: number(),
    node: number(),
    op: pipe(string(), maxLength(64)),
    args: record(string(), unknown()),
  }),
  object({ k: literal('scrolledToTop') }),
]);
export type FrameMessage = InferOutput<typeof frameMessageSchema>;
