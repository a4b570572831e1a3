/** What ended or refused a mini app, as its window shows it. */
import { FrameFailure } from '../frames/frame';
import { PackageRefusal } from '../package/refusal';
import { Withdrawn } from '../package/withdrawn';
import { PlatformProblem } from '../platform/problem';
import type { AppFailure } from './failure';

export function failureOf(failure: unknown): AppFailure {
  if (failure instanceof PackageRefusal) return { kind: 'refused', code: failure.check, detail: failure.detail };
  if (failure instanceof Withdrawn) return withdrawal(failure.reason, failure.hint);
  if (failure instanceof PlatformProblem) {
    if (failure.status === 410) return withdrawal(failure.detail, failure.hint, failure.kind);
    const kind = failure.unreachable ? 'offline' : 'platform';
    const hint = failure.hint === undefined ? {} : { hint: failure.hint };
    const code = failure.kind === 'dead-link' ? failure.kind : String(failure.status);
    return { kind, code, detail: `${failure.title}. ${failure.detail}`.trim(), ...hint };
  }
  if (failure instanceof FrameFailure) return { kind: 'crashed', code: 'frame', detail: failure.message };
  return { kind: 'crashed', code: 'shell', detail: failure instanceof Error ? `${failure.stack}` : String(failure) };
}

function withdrawal(reason: string, hint: string | undefined, code = 'withdrawn'): AppFailure {
  return { kind: 'withdrawn', code, detail: reason, ...(hint === undefined ? {} : { hint }) };
}
