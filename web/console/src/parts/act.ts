/** Something that a person does: it can be under way, and it can be refused, which is said where the person is. */
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { text, textOr } from '../localization';
import { PlatformProblem } from '../platform/client';
import { session } from '../session';
import { type Change, changesBetween } from './changes';
import { time } from './format';
import { problemNote } from './problem';

export class Act implements ReactiveController {
  busy = false;
  problem: PlatformProblem | undefined;

  constructor(protected readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {}

  /** Gives what the work gave, or undefined where it was refused; the form keeps its values then. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.problem = undefined;
    this.host.requestUpdate();
    try {
      return await work();
    } catch (failure) {
      if (!(failure instanceof PlatformProblem)) throw failure;
      this.refused(failure);
      return undefined;
    } finally {
      this.busy = false;
      this.host.requestUpdate();
    }
  }

  protected refused(problem: PlatformProblem): void {
    this.problem = problem;
    if (problem.status !== 401) return;
    // Signed in again, the person does it once more; until then the question to sign in says enough.
    session.expire(() => {
      this.problem = undefined;
      this.host.requestUpdate();
    });
  }

  note(): TemplateResult | typeof nothing {
    return this.problem === undefined ? nothing : problemNote(this.problem);
  }
}

/** A member's value as the screens show it. */
function inWords(member: string, value: string): string {
  if (member === 'state') return textOr(`state.${value}`, value);
  return member.endsWith('_at') && /^\d+$/.test(value) ? time(Number(value)) : value;
}

interface Revised {
  revision: number;
}

interface Conflict<T> {
  changes: Change[];
  again: (revision: number) => Promise<T>;
}

/** An act on something that others change too. Where they did, it shows what, and the person decides. */
export class CarefulAct<T extends Revised> extends Act {
  #conflict: Conflict<T> | undefined;

  constructor(
    host: ReactiveControllerHost,
    private readonly seen: () => T,
    private readonly fresh: () => Promise<T>,
    private readonly took: (value: T) => void,
  ) {
    super(host);
  }

  /** True where it was done. */
  async change(work: (revision: number) => Promise<T>): Promise<boolean> {
    this.#conflict = undefined;
    const before = this.seen();
    const after = await this.run(() => work(before.revision));
    if (after !== undefined) {
      this.took(after);
      return true;
    }
    if (this.problem?.status !== 412) return false;
    const now = await this.run(this.fresh);
    if (now === undefined) return false;
    this.#conflict = { changes: changesBetween(before, now), again: work };
    this.took(now);
    return false;
  }

  override note(): TemplateResult | typeof nothing {
    const conflict = this.#conflict;
    if (conflict === undefined) return super.note();
    const leave = () => {
      this.#conflict = undefined;
      this.host.requestUpdate();
    };
    return html`<div class="note attention" role="alert">
      <strong>${text('conflict.title')}</strong>
      <ul>
        ${conflict.changes.map(
          ({ member, before, after }) =>
            html`<li>${textOr(`member.${member}`, member)}: <del>${inWords(member, before)}</del> → <ins>${inWords(member, after)}</ins></li>`,
        )}
      </ul>
      <p>${text('conflict.advice')}</p>
      <div class="actions">
        <button class="secondary" type="button" @click=${() => void this.change(conflict.again)}>
          ${text('conflict.again')}
        </button>
        <button class="quiet" type="button" @click=${leave}>${text('conflict.leave')}</button>
      </div>
    </div>`;
  }
}
