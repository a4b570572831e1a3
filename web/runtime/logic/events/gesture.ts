/**
 * Proofs of a user's gesture. A page frame tells the shell a token for each trusted gesture and puts the same token
 * into the event; a call that needs one carries it. Each works once, and for five seconds.
 */
import type { LogicHost } from '../boot/host';

const lifetime = 5000;

export class Gestures {
  private token: string | undefined;
  private until = 0;

  constructor(private readonly host: Pick<LogicHost, 'now'>) {}

  /** A gesture reached the app. */
  receive(token: string | undefined): void {
    if (token === undefined) return;
    this.token = token;
    this.until = this.host.now() + lifetime;
  }

  /** The token for a call that needs one; it is spent with it. */
  take(): string | undefined {
    const token = this.host.now() <= this.until ? this.token : undefined;
    this.token = undefined;
    return token;
  }
}
