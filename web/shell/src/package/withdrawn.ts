/** A release that was taken from its users: the reason is for them to read. */
export class Withdrawn extends Error {
  override readonly name = 'Withdrawn';

  constructor(
    readonly reason: string,
    readonly hint?: string,
  ) {
    super(`withdrawn: ${reason}`);
  }
}
