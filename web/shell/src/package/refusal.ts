/**
 * Why a package was refused. `check` is a stable word for the rule that failed (it has a text in every language);
 * `detail` says what was found where, in English, for the folded part of the error screen.
 */
export type RefusedCheck =
  | 'download'
  | 'key'
  | 'seal'
  | 'container'
  | 'name'
  | 'limit'
  | 'signature-block'
  | 'signer'
  | 'signature'
  | 'content'
  | 'manifest'
  | 'identity'
  | 'update'
  | 'log'
  | 'store';

export class PackageRefusal extends Error {
  constructor(
    readonly check: RefusedCheck,
    readonly detail: string,
  ) {
    super(`package refused (${check}): ${detail}`);
    this.name = 'PackageRefusal';
  }
}

export function refuse(check: RefusedCheck, detail: string): never {
  throw new PackageRefusal(check, detail);
}
