/** How asynchronous APIs end: by `success`, `fail` and `complete`, or by a promise, in the dialect's shape. */
import type { CallFailure, CallResult } from '../bridge/bridge';
import type { Reporter } from '../support/reporter';

export type Arguments = Record<string, unknown>;
export type Settle = (result: CallResult) => void;

/** What a synchronous API throws: WeChat's `errMsg` in an error's message. */
export class ApiFailure extends Error {
  readonly errMsg: string;

  constructor(errMsg: string) {
    super(errMsg);
    this.name = 'Error';
    this.errMsg = errMsg;
  }
}

export function succeed(value: Record<string, unknown> = {}): CallResult {
  return { ok: true, value };
}

export function fail(api: string, reason: string, errno?: number): CallResult {
  return { ok: false, failure: { errMsg: `${api}:fail ${reason}`, ...(errno === undefined ? {} : { errno }) } };
}

/** Numbers of the original for what the stubs themselves refuse (docs/reference/errors.md). */
export const errorNumbers = { notSupported: 100, invalidParameter: 1001 } as const;

/**
 * Splits an app's options into arguments without functions and the way it wants to hear the end. Without callbacks
 * that is a promise, which `result` is then.
 */
export function prepareEnd(
  api: string,
  options: Arguments,
  reporter: Reporter,
  later: (callback: () => void) => void,
): { args: Arguments; settle: Settle; result: Promise<unknown> | undefined } {
  const { success, fail: failed, complete, ...args } = options;
  const wanted = [success, failed, complete].some((callback) => typeof callback === 'function');
  let resolve: (value: unknown) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const result = wanted
    ? undefined
    : new Promise<unknown>((onResolve, onReject) => {
        resolve = onResolve;
        reject = onReject;
      });
  const run = (callback: unknown, detail: unknown, what: string) => {
    if (typeof callback === 'function') reporter.guard(`${api} ${what}`, () => callback(detail));
  };
  let settled = false;
  const settle: Settle = (outcome) => {
    if (settled) return;
    settled = true;
    const detail = outcome.ok ? { ...outcome.value, errMsg: `${api}:ok` } : outcome.failure;
    // As a rule not in the caller's own turn: apps rely on the call returning first.
    later(() => {
      if (outcome.ok) resolve(detail);
      else reject(failureOf(outcome.failure));
      run(outcome.ok ? success : failed, detail, outcome.ok ? 'success' : 'fail');
      run(complete, detail, 'complete');
    });
  };
  return { args, settle, result };
}

/** A rejection is an error with `errMsg`, so that an unhandled one reads well. */
function failureOf(failure: CallFailure): Error {
  return Object.assign(new Error(failure.errMsg), failure);
}

/** Functions can't cross the port. */
export function withoutFunctions(args: Arguments): Arguments {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => typeof value !== 'function'));
}
