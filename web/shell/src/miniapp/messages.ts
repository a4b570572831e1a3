/** What an app's logic may say to the shell, checked. */
import {
  any,
  type InferOutput,
  instance,
  integer,
  literal,
  maxLength,
  minValue,
  number,
  object,
  optional,
  picklist,
  pipe,
  record,
  string,
  transform,
  union,
  variant,
} from 'valibot';

const shown = pipe(
  string(),
  transform((text) => text.slice(0, 16_000)),
);
const count = pipe(number(), integer(), minValue(0));
// Members of arguments are looked at by the catalog's rules and by each handler.
const members = record(string(), any());
const position = object({ file: shown, line: number(), column: number() });
const filePath = pipe(string(), maxLength(4096));
const storageKey = pipe(string(), maxLength(4096));

export const logicMessageSchema = union([
  variant('k', [
    object({ k: literal('booted') }),
    object({ k: literal('ready') }),
    object({
      k: literal('call'),
      id: count,
      api: pipe(string(), maxLength(128)),
      args: members,
      pageId: count,
      gesture: optional(pipe(string(), maxLength(64))),
    }),
    object({ k: literal('task'), task: count, method: pipe(string(), maxLength(64)), args: members }),
    object({ k: literal('page.ready'), pageId: count, path: shown }),
    object({ k: literal('page.failed'), pageId: count, path: shown, message: shown }),
    object({
      k: literal('console'),
      level: picklist(['debug', 'log', 'info', 'warn', 'error']),
      text: shown,
      position: optional(position),
    }),
    object({ k: literal('error'), message: shown, stack: shown, position: optional(position) }),
  ]),
  variant('op', [
    object({ k: literal('storage'), op: literal('set'), key: storageKey, value: string() }),
    object({ k: literal('storage'), op: literal('remove'), key: storageKey }),
    object({ k: literal('storage'), op: literal('clear') }),
  ]),
  variant('op', [
    object({ k: literal('file'), op: literal('write'), path: filePath, data: instance(Blob) }),
    object({ k: literal('file'), op: literal('directory'), path: filePath }),
    object({ k: literal('file'), op: literal('remove'), path: filePath }),
    object({ k: literal('file'), op: literal('rename'), from: filePath, to: filePath }),
  ]),
]);
export type LogicMessage = InferOutput<typeof logicMessageSchema>;
export type StorageChange = Extract<LogicMessage, { k: 'storage' }>;
