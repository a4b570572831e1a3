/**
 * Whether an app may do something, must ask first, or may not: a pure function over what its maker declared, the
 * operator's policy, the user's grants, and the moment. `mezze-host::permission` (Rust) decides the same way; both are
 * held to `tests/fixtures/permission`.
 *
 * Order: declared → operator's prohibition → app in front → consent to the data → operator's gift → the user's answer.
 */
import type { Declarations } from './declarations';
import { effectOf, type Policy, type PolicySubject } from './policy';
import { openCategories, scopeFacts } from './scopes';

/** `once` lasts until the app is closed; `ask` is a taken-back answer. */
export type GrantState = 'granted' | 'once' | 'refused' | 'ask';

export interface Grant {
  /** A scope, or `data.` and a category. */
  permission: string;
  state: GrantState;
  /** Key of the developer that the answer was given to: the same id under another signer starts afresh. */
  signer: string;
}

export interface Moment extends PolicySubject {
  /** False for an app in the background. */
  inFront: boolean;
  /** Seconds since 1970. */
  now: number;
  /** When the user last declined the data agreement, seconds since 1970. */
  privacyRefusedAt?: number | undefined;
}

export interface Question {
  /** Name of the API, for messages. */
  api: string;
  scope?: string | undefined;
  category?: string | undefined;
}

export type Rule =
  | 'unknown'
  | 'undeclared'
  | 'operator'
  | 'background'
  | 'privacy-refused'
  | 'refused'
  | 'settings-only'
  | 'withdrawn';

export type Decision =
  | { decision: 'allowed'; by: 'open' | 'development' | 'operator' | 'picker' | 'once' | 'grant' }
  | { decision: 'ask'; kind: 'scope'; permission: string }
  | { decision: 'ask'; kind: 'privacy'; categories: string[] }
  | { decision: 'refused'; rule: Rule; reason: string; errno?: number; policy?: string };

/** After a refusal the agreement is not shown again for so long, in seconds. */
export const privacyPause = 10;

const undeclaredPrivate = 'the api need to be declared in the requiredPrivateInfos field in app.json/ext.json';
const undeclaredPrivacy = 'api scope is not declared in the privacy agreement';

export function decide(
  declared: Declarations,
  policy: Policy,
  grants: readonly Grant[],
  moment: Moment,
  question: Question,
): Decision {
  const facts = question.scope === undefined ? undefined : scopeFacts(question.scope);
  if (question.scope !== undefined && facts === undefined) return refused('unknown', 'invalid scope');
  const category = question.category ?? facts?.category;
  const gated = category !== undefined && !openCategories.has(category);
  if (question.scope === undefined && !gated) return allowed('open');

  const scopeDeclared =
    question.scope === undefined || declared.permissions.some(({ name }) => name === question.scope);
  const dataDeclared = gated && declared.data.some((one) => one.category === category);
  if (!scopeDeclared && !(facts?.declaredIn === 'privacy' && declaresNothing(declared))) {
    return facts?.declaredIn === 'requiredPrivateInfos'
      ? refused('undeclared', undeclaredPrivate)
      : refused('undeclared', undeclaredPrivacy, 112);
  }
  if (question.scope === undefined && !dataDeclared) {
    if (!declaresNothing(declared)) return refused('undeclared', undeclaredPrivacy, 112);
  }

  const wanted = [question.scope, category === undefined ? undefined : dataName(category)].filter(
    (name) => name !== undefined,
  );
  const effect = effectOf(policy, moment, wanted);
  if (effect?.effect === 'forbid') return { ...refused('operator', 'auth deny', 103), policy: effect.id };
  if (!moment.inFront) return refused('background', 'the mini program is in the background');
  if (facts?.asks === 'withdrawn') return refused('withdrawn', 'auth deny', 103);

  const own = (permission: string) =>
    grants.find((grant) => grant.permission === permission && grant.signer === moment.signer)?.state;
  const given = (state: GrantState | undefined) => state === 'granted' || state === 'once';
  if (dataDeclared && effect === undefined && !given(own(dataName(category)))) {
    if (moment.privacyRefusedAt !== undefined && moment.now - moment.privacyRefusedAt < privacyPause) {
      return refused('privacy-refused', 'privacy permission is not authorized', 104);
    }
    const categories = declared.data.map((one) => one.category).filter((name) => !given(own(dataName(name))));
    return { decision: 'ask', kind: 'privacy', categories };
  }
  if (effect !== undefined) return allowed('operator');
  if (question.scope === undefined) return allowed(dataDeclared ? 'grant' : 'development');
  if (facts?.asks === 'picker') return allowed('picker');
  switch (own(question.scope)) {
    case 'granted':
      return allowed('grant');
    case 'once':
      return allowed('once');
    case 'refused':
      return refused('refused', 'auth deny', 103);
    default:
      return facts?.asks === 'settings'
        ? refused('settings-only', 'auth deny', 103)
        : { decision: 'ask', kind: 'scope', permission: question.scope };
  }
}

/**
 * While it is being made, a project taken from the original host as it is, whose files have no place for these
 * declarations, is told and not stopped. With the first of them, all are wanted; and in a release they always are.
 */
export function declaresNothing({ development, data, permissions }: Declarations): boolean {
  const ours = permissions.some(({ name }) => scopeFacts(name)?.declaredIn === 'privacy');
  return development && data.length === 0 && !ours;
}

export function dataName(category: string): string {
  return `data.${category}`;
}

function allowed(by: Extract<Decision, { decision: 'allowed' }>['by']): Decision {
  return { decision: 'allowed', by };
}

function refused(rule: Rule, reason: string, errno?: number): Extract<Decision, { decision: 'refused' }> {
  return { decision: 'refused', rule, reason, ...(errno === undefined ? {} : { errno }) };
}
