/** The element that a context object stands for, and how its methods reach the page frame. */
import type { Element } from 'glass-easel';
import type { ApiContext } from '../api/context';
import { type Arguments, fail, prepareEnd, succeed } from '../api/outcome';
import type { OpenPage } from '../app/page';

export class ContextTarget {
  constructor(
    readonly api: ApiContext,
    readonly page: OpenPage,
    readonly element: Element,
    /** Number of the element's node in the page frame. */
    readonly node: number,
  ) {}

  /** Asks the frame; rejects with its reason. */
  ask(method: string, ...args: unknown[]): Promise<unknown> {
    return this.page.backend.link.invoke(this.node, method, args);
  }

  /** Asks where nobody waits for an answer: a refusal becomes a warning. */
  tell(method: string, ...args: unknown[]): void {
    this.ask(method, ...args).catch((reason: unknown) => this.api.reporter.warn(`${method}: ${textOf(reason)}`));
  }

  /** A method with `success`, `fail` and `complete`; `run` gives the result. */
  end(
    name: string,
    options: unknown,
    run: (args: Arguments) => Promise<Record<string, unknown> | undefined>,
  ): Promise<unknown> | undefined {
    const given = typeof options === 'object' && options !== null ? (options as Arguments) : {};
    const { host, reporter } = this.api;
    const { args, settle, result } = prepareEnd(name, given, reporter, (callback) => host.queueMicrotask(callback));
    run(args).then(
      (value) => settle(succeed(value ?? {})),
      (reason: unknown) => settle(fail(name, textOf(reason))),
    );
    // Many apps call these without looking at what comes back.
    result?.catch(() => undefined);
    return result;
  }
}

function textOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
