/** Why an API call failed: what follows `NAME:fail ` in its `errMsg`. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  constructor(
    readonly reason: string,
    readonly errno?: number,
    /** Further members of the failure, such as `errCode`. */
    readonly details?: Readonly<Record<string, unknown>>,
  ) {
    super(reason);
  }
}

export function fail(reason: string, errno?: number, details?: Readonly<Record<string, unknown>>): never {
  throw new ApiFailure(reason, errno, details);
}

/** Why a mini app can't go on; shown in its window. */
export interface AppFailure {
  /**
   * `refused`: the package; `platform`: what the platform said; `withdrawn`: taken from the users; `stopped`: a broken
   * rule; `elsewhere`: another tab has it.
   */
  kind: 'refused' | 'platform' | 'withdrawn' | 'offline' | 'stopped' | 'unresponsive' | 'elsewhere' | 'crashed';
  /** Stable word within the kind, with a text in each language where there is one. */
  code: string;
  /** English detail for the folded part. */
  detail: string;
  hint?: string;
}
