/** Answers that are kept for a bad network, over runs, in a space of the app's storage of their own. */
import type { Storage } from '../storage';

export interface KeptAnswer {
  ruleId: string;
  data: Record<string, unknown>;
  /** Milliseconds since 1970. */
  createTime: number;
  /** Milliseconds. */
  maxAge: number;
}

export class KeptAnswers {
  constructor(
    private readonly storage: Storage,
    private readonly now: () => number,
  ) {}

  /** The answer of that name, unless it is too old. */
  get(id: string): KeptAnswer | undefined {
    const kept = this.storage.get(id)?.data as KeptAnswer | undefined;
    if (kept === undefined || kept.createTime + kept.maxAge > this.now()) return kept;
    this.storage.remove(id);
    return undefined;
  }

  /** Keeps an answer; the oldest ones make room, and one that is too large itself is not kept. */
  put(id: string, answer: KeptAnswer): void {
    for (;;) {
      try {
        this.storage.set(id, answer);
        return;
      } catch {
        const oldest = this.all().sort(([, left], [, right]) => left.createTime - right.createTime)[0];
        if (oldest === undefined || JSON.stringify(answer).length > largest) return;
        this.storage.remove(oldest[0]);
      }
    }
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.storage.remove(id);
  }

  ofRule(ruleId: string): string[] {
    return this.all().flatMap(([id, kept]) => (kept.ruleId === ruleId ? [id] : []));
  }

  clear(): void {
    this.storage.clear();
  }

  private all(): [string, KeptAnswer][] {
    return this.storage.info().keys.flatMap((id) => {
      const kept = this.storage.get(id)?.data as KeptAnswer | undefined;
      return kept === undefined ? [] : [[id, kept] as [string, KeptAnswer]];
    });
  }
}

/** Characters: more than that is over the limit of a key by itself. */
const largest = 900_000;
