/** Thrown when what the logic side sent breaks a rule or a limit; the session tells the shell and closes the port. */
export class Violation extends Error {
  constructor(
    readonly rule: string,
    readonly detail: string,
  ) {
    super(`${rule}: ${detail}`);
    this.name = 'Violation';
  }
}
