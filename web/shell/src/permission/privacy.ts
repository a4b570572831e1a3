/**
 * The data agreement, where the app shows it itself (`onNeedPrivacyAuthorization`): the shell tells the app that it is
 * needed and waits for the answer. `agree` counts only after a real tap on a button with
 * `open-type="agreePrivacyAuthorization"`, which the page's frame proves to the shell.
 */
import type { Gestures } from '../miniapp/gestures';
import type { PromptAnswer } from './gate';

/** From the tap to the app's word, in milliseconds. */
const tapLifetime = 60_000;

export class PrivacyAgreement {
  /** When the user declined, seconds since 1970. */
  refusedAt: number | undefined;
  #listening = false;
  #tap: { at: number; buttonId: string } | undefined;
  #waiting: ((answer: PromptAnswer) => void) | undefined;

  constructor(
    private readonly gestures: Gestures,
    private readonly tell: (event: string, detail: unknown) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The app shows the agreement itself from now on, or no longer. */
  listen(listening: boolean): void {
    this.#listening = listening;
  }

  /** Undefined where the app leaves it to the shell. */
  askApp(api: string): Promise<PromptAnswer> | undefined {
    if (!this.#listening) return undefined;
    return new Promise((resolve) => {
      this.#waiting = (answer) => {
        this.#waiting = undefined;
        resolve(answer);
      };
      this.tell('privacy.need', { referrer: api });
    });
  }

  /** A tap on the app's own button; the token proves it. */
  async tapped(token: string | undefined, buttonId: string): Promise<boolean> {
    if (!(await this.gestures.take(token, 'agreePrivacyAuthorization'))) return false;
    this.#tap = { at: this.now(), buttonId };
    return true;
  }

  /** The app's `resolve`. False where it says `agree` and no tap on that button stands behind it. */
  resolve(event: string, buttonId: string): boolean {
    if (event === 'disagree') this.#waiting?.('refused');
    if (event !== 'agree') return true;
    const tap = this.#tap;
    this.#tap = undefined;
    const proved = tap !== undefined && tap.buttonId === buttonId && this.now() - tap.at < tapLifetime;
    if (proved) this.#waiting?.('granted');
    return proved;
  }

  close(): void {
    this.#waiting?.('dismissed');
  }
}
