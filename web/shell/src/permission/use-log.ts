/** What an app did with its permissions and whom it contacted, for its user to read. It stays on the device. */
import { array, type InferOutput, number, object, picklist, record, safeParse, string } from 'valibot';
import { get, put, remove } from '../device/database';
import { Observable } from '../observable';

const entrySchema = object({
  /** Milliseconds since 1970. */
  at: number(),
  api: string(),
  permission: string(),
  outcome: picklist(['used', 'granted', 'refused']),
});
const countSchema = object({ count: number(), last: number() });
const logSchema = object({
  entries: array(entrySchema),
  uses: record(string(), countSchema),
  origins: record(string(), countSchema),
});
export type UseEntry = InferOutput<typeof entrySchema>;
export type UseCount = InferOutput<typeof countSchema>;
export type UseLogContents = InferOutput<typeof logSchema>;

const mostEntries = 300;
const mostOrigins = 200;
const writeAfter = 1000;

export class UseLog extends Observable {
  #contents: UseLogContents = { entries: [], uses: {}, origins: {} };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #loaded: Promise<void> | undefined;

  constructor(
    private readonly user: string,
    private readonly appId: string,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  load(): Promise<void> {
    this.#loaded ??= this.#read();
    return this.#loaded;
  }

  /** Newest first. */
  get entries(): readonly UseEntry[] {
    return this.#contents.entries;
  }

  get contents(): UseLogContents {
    return this.#contents;
  }

  uses(permission: string): UseCount | undefined {
    return Object.hasOwn(this.#contents.uses, permission) ? this.#contents.uses[permission] : undefined;
  }

  /** Origins by how lately they were contacted. */
  get origins(): [string, UseCount][] {
    return Object.entries(this.#contents.origins).sort(([, a], [, b]) => b.last - a.last);
  }

  add(api: string, permission: string, outcome: UseEntry['outcome']): void {
    const at = this.now();
    const [last] = this.#contents.entries;
    // What repeats many times a second (a location that is followed) is one line; the count tells how often.
    const repeated = last?.api === api && last.permission === permission && last.outcome === outcome;
    if (repeated && at - last.at < 1000) last.at = at;
    else this.#contents.entries = [{ at, api, permission, outcome }, ...this.#contents.entries].slice(0, mostEntries);
    if (outcome === 'used') count(this.#contents.uses, permission, at, mostOrigins);
    this.#later();
  }

  contacted(origin: string): void {
    count(this.#contents.origins, origin, this.now(), mostOrigins);
    this.#later();
  }

  async erase(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#contents = { entries: [], uses: {}, origins: {} };
    this.changed();
    await remove('settings', this.#key).catch(() => undefined);
  }

  async flush(): Promise<void> {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await put('settings', this.#key, this.#contents).catch(() => undefined);
  }

  get #key(): string {
    return `uses:${this.user}:${this.appId}`;
  }

  async #read(): Promise<void> {
    const kept = safeParse(logSchema, await get('settings', this.#key).catch(() => undefined));
    if (!kept.success) return;
    // What was noted while the kept ones were read comes on top.
    const { entries, uses, origins } = this.#contents;
    this.#contents = {
      entries: [...entries, ...kept.output.entries].slice(0, mostEntries),
      uses: sum(kept.output.uses, uses),
      origins: sum(kept.output.origins, origins),
    };
    this.changed();
  }

  #later(): void {
    this.changed();
    this.#timer ??= setTimeout(() => void this.flush(), writeAfter);
  }
}

function count(table: Record<string, UseCount>, name: string, at: number, most: number): void {
  const known = Object.hasOwn(table, name) ? table[name] : undefined;
  if (known === undefined && Object.keys(table).length >= most) {
    const oldest = Object.entries(table).sort(([, a], [, b]) => a.last - b.last)[0];
    if (oldest !== undefined) delete table[oldest[0]];
  }
  table[name] = { count: (known?.count ?? 0) + 1, last: at };
}

function sum(kept: Record<string, UseCount>, added: Record<string, UseCount>): Record<string, UseCount> {
  const all = { ...kept };
  for (const [name, { count, last }] of Object.entries(added)) {
    all[name] = { count: count + (all[name]?.count ?? 0), last };
  }
  return all;
}
