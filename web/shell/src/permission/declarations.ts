/** What an app's maker declared beforehand, from `manifest.json` of the signed package. */
import { array, boolean, type InferOutput, looseObject, optional, record, safeParse, string, union } from 'valibot';
import type { Locale } from '../localization';
import { fromUtf8 } from '../package/bytes';
import type { OpenedPackage } from '../package/opened';
import { refuse } from '../package/refusal';

const localised = union([string(), record(string(), string())]);
const permission = looseObject({ name: string(), reason: optional(localised) });
const category = looseObject({ category: string(), purpose: localised, retention: localised });

const manifestSchema = looseObject({
  lang: optional(string()),
  req_permissions: optional(array(permission), []),
  mezze: looseObject({
    development: optional(boolean(), false),
    permissions: optional(array(permission), []),
    data: optional(array(category), []),
    category: optional(string()),
  }),
});

/** A text in one language, or by language tag. */
export type LocalisedText = InferOutput<typeof localised>;

export interface DeclaredPermission {
  name: string;
  required: boolean;
  reason?: LocalisedText | undefined;
}

export interface DeclaredData {
  category: string;
  purpose: LocalisedText;
  retention: LocalisedText;
}

export interface Declarations {
  permissions: DeclaredPermission[];
  data: DeclaredData[];
  development: boolean;
  /** Where the store files it. */
  category?: string | undefined;
}

export async function readDeclarations(opened: OpenedPackage): Promise<Declarations> {
  const [bytes] = opened.has('manifest.json') ? await opened.read(['manifest.json']) : [];
  if (bytes === undefined) return refuse('manifest', 'the package has no manifest.json');
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes));
  } catch {
    refuse('manifest', 'manifest.json is not JSON');
  }
  const parsed = safeParse(manifestSchema, value);
  if (!parsed.success) {
    const where = parsed.issues[0].path?.map((item) => String(item.key)).join('.') ?? '';
    return refuse('manifest', `manifest.json has a wrong member ${where}: ${parsed.issues[0].message}`);
  }
  const { req_permissions, mezze } = parsed.output;
  const list = (entries: typeof req_permissions, required: boolean) =>
    entries.map(({ name, reason }) => ({ name, required, reason }));
  return {
    permissions: [...list(req_permissions, true), ...list(mezze.permissions, false)],
    data: mezze.data.map(({ category, purpose, retention }) => ({ category, purpose, retention })),
    // What counts is the signed package and the platform's word together.
    development: mezze.development && opened.development,
    category: mezze.category,
  };
}

/** The text in the user's language, else in English, else the first there is. */
export function localise(text: LocalisedText | undefined, locale: Locale): string {
  if (text === undefined || typeof text === 'string') return (text ?? '').trim();
  const tags = Object.keys(text);
  const tag =
    tags.find((one) => one.toLowerCase().startsWith(locale)) ??
    tags.find((one) => one.toLowerCase().startsWith('en')) ??
    tags[0];
  return tag === undefined ? '' : (text[tag] ?? '').trim();
}
