/** Reads `config/app.json` of a package. It is signed, but its maker may still have written nonsense. */
import {
  any,
  array,
  boolean,
  literal,
  looseObject,
  number,
  object,
  optional,
  record,
  safeParse,
  string,
} from 'valibot';
import type { AppConfig } from '../../../runtime/protocol';
import { fromUtf8 } from '../package/bytes';
import type { OpenedPackage } from '../package/opened';
import { refuse } from '../package/refusal';

const path = 'config/app.json';
const component = looseObject({ package: string(), component: optional(boolean()) });
const origins = array(string());

const configSchema = looseObject({
  format: literal(1),
  appId: string(),
  entryPage: string(),
  pages: record(string(), looseObject({ ...component.entries, window: looseObject({}), styles: array(string()) })),
  components: record(string(), component),
  window: looseObject({}),
  tabBar: optional(
    looseObject({
      custom: optional(boolean(), false),
      position: optional(string(), 'bottom'),
      list: array(looseObject({ pagePath: string(), text: optional(string(), '') })),
    }),
  ),
  packages: array(
    looseObject({
      root: string(),
      pages: array(string()),
      scripts: array(object({ file: string(), module: string(), lines: number() })),
      templates: array(object({ file: string(), lines: number() })),
    }),
  ),
  themes: optional(object({ light: record(string(), any()), dark: record(string(), any()) }), { light: {}, dark: {} }),
  darkMode: optional(boolean(), false),
  origins: object({
    request: origins,
    upload: origins,
    download: origins,
    socket: origins,
    media: origins,
    webview: origins,
  }),
});

export async function readConfig(opened: OpenedPackage): Promise<AppConfig> {
  const [bytes] = opened.has(path) ? await opened.read([path]) : [];
  if (bytes === undefined) return refuse('manifest', `the package has no ${path}`);
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes));
  } catch {
    refuse('manifest', `${path} is not JSON`);
  }
  const parsed = safeParse(configSchema, value);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const where = issue.path?.map((item) => String(item.key)).join('.') ?? '';
    return refuse('manifest', `${path} has a wrong member ${where}: ${issue.message}`);
  }
  const { pages, components } = parsed.output;
  const config = { ...parsed.output, pages: own(pages), components: own(components) } as unknown as AppConfig;
  if (config.pages[config.entryPage] === undefined)
    refuse('manifest', `${path} names an entry page that does not exist`);
  return config;
}

/** Looked up by names that anybody writes into an address: what every object has is none of them. */
function own<T>(entries: Record<string, T>): Record<string, T> {
  return Object.assign(Object.create(null), entries);
}
