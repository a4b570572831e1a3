/**
 * A user's answers for one app, kept on this device and, where the platform can be reached, with the account. Each
 * answer carries when it was given; of two for the same permission the newer one counts, wherever it was given.
 */
import { array, type InferOutput, number, object, picklist, pipe, safeParse, string, transform } from 'valibot';
import { get, put } from '../device/database';
import { Observable } from '../observable';
import type { Grant, GrantState } from './decide';

export const keptGrantSchema = object({
  permission: string(),
  state: picklist(['granted', 'refused', 'ask']),
  signer: string(),
  /** Milliseconds since 1970. */
  changed_at: pipe(
    number(),
    transform((at) => Math.trunc(at)),
  ),
});
export type KeptGrant = InferOutput<typeof keptGrantSchema>;

/** Where the account's copy is: sends this device's, gives back the merged ones. */
export type GrantSync = (appId: string, grants: KeptGrant[]) => Promise<KeptGrant[]>;

export class Grants extends Observable {
  #kept: KeptGrant[] = [];
  /** Answers for this run alone. */
  readonly #once = new Map<string, string>();
  #syncing: Promise<void> | undefined;
  #again = false;

  constructor(
    private readonly user: string,
    private readonly appId: string,
    private readonly sync: GrantSync,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  /** What the device knows; the account's copy follows when it arrives. */
  async load(): Promise<void> {
    const kept = safeParse(array(keptGrantSchema), await get('settings', this.#key).catch(() => undefined));
    if (kept.success) this.#kept = merge(this.#kept, kept.output);
    // What was taken back meanwhile does not go on for this run either.
    for (const [permission, signer] of this.#once) {
      const state = this.#kept.find((grant) => grant.permission === permission && grant.signer === signer)?.state;
      if (state === 'ask') this.#once.delete(permission);
    }
    this.#exchange();
    this.changed();
  }

  get all(): Grant[] {
    const once = [...this.#once].map(([permission, signer]) => ({ permission, signer, state: 'once' as const }));
    return [...once, ...this.#kept.filter(({ permission, signer }) => this.#once.get(permission) !== signer)];
  }

  stateOf(permission: string, signer: string): GrantState | undefined {
    return this.all.find((grant) => grant.permission === permission && grant.signer === signer)?.state;
  }

  /** When an answer was given, milliseconds since 1970. */
  changedAt(permission: string, signer: string): number | undefined {
    return this.#kept.find((grant) => grant.permission === permission && grant.signer === signer)?.changed_at;
  }

  async set(permission: string, state: GrantState, signer: string): Promise<void> {
    if (state === 'once') this.#once.set(permission, signer);
    else {
      this.#once.delete(permission);
      const known = this.changedAt(permission, signer) ?? 0;
      // A clock that was set back must not make a new answer older than the one it replaces.
      const changed_at = Math.max(this.now(), known + 1);
      this.#kept = merge(this.#kept, [{ permission, state, signer, changed_at }]);
      await this.#write();
      this.#exchange();
    }
    this.changed();
  }

  /** The user left the app: what was for this time is over. */
  endOnce(): void {
    if (this.#once.size === 0) return;
    this.#once.clear();
    this.changed();
  }

  get #key(): string {
    return `grants:${this.user}:${this.appId}`;
  }

  #write(): Promise<void> {
    return put('settings', this.#key, this.#kept).catch(() => undefined);
  }

  /** One exchange at a time; a change meanwhile makes one more. Without a network it is left for the next time. */
  #exchange(): void {
    if (this.#syncing !== undefined) {
      this.#again = true;
      return;
    }
    const sent = this.#kept;
    this.#syncing = this.sync(this.appId, sent)
      .then(async (merged) => {
        // The account's word counts for all that it was sent: it may have set right a clock that runs ahead.
        const since = this.#kept.filter((grant) => !sent.includes(grant));
        this.#kept = merge(merged, since);
        await this.#write();
        this.changed();
      })
      .catch(() => undefined)
      .finally(() => {
        this.#syncing = undefined;
        const again = this.#again;
        this.#again = false;
        if (again) this.#exchange();
      });
  }
}

/** Of two answers for one permission and signer the newer counts; of two at once, the one that gives less. */
export function merge(ours: readonly KeptGrant[], theirs: readonly KeptGrant[]): KeptGrant[] {
  const merged = new Map<string, KeptGrant>();
  for (const grant of [...ours, ...theirs]) {
    const name = `${grant.permission}\n${grant.signer}`;
    const known = merged.get(name);
    const newer =
      known === undefined ||
      grant.changed_at > known.changed_at ||
      (grant.changed_at === known.changed_at && generosity(grant) < generosity(known));
    if (newer) merged.set(name, grant);
  }
  return [...merged.values()].sort((a, b) => (a.permission < b.permission ? -1 : a.permission > b.permission ? 1 : 0));
}

function generosity({ state }: KeptGrant): number {
  return ['refused', 'ask', 'granted'].indexOf(state);
}
