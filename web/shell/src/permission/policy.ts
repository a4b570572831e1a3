/** What the operator forbids or gives beforehand, by app, publisher or category. Handed out with the platform's facts. */
import { array, type InferOutput, object, optional, picklist, string } from 'valibot';

const names = optional(array(string()), []);

export const policySchema = object({
  rules: optional(
    array(
      object({
        id: string(),
        /** App ids; `org.example.*` stands for every app whose id begins so. Empty lists match everything. */
        apps: names,
        /** Keys of developers; for a prohibition also names of publishers, which anyone may claim. */
        publishers: names,
        categories: names,
        /** Scopes, `data.CATEGORY`, or `*`. */
        permissions: names,
        effect: picklist(['forbid', 'grant']),
        /** Shown to users in the app's settings. */
        reason: optional(string(), ''),
      }),
    ),
    [],
  ),
});

export type Policy = InferOutput<typeof policySchema>;
export type PolicyRule = Policy['rules'][number];

export interface PolicySubject {
  appId: string;
  /** Key of the developer that signed it. */
  signer: string;
  /** Names that its maker goes by. */
  publishers: readonly string[];
  /** Where the store files it. */
  appCategory?: string | undefined;
}

export const noPolicy: Policy = { rules: [] };

/** The rule that counts for these permissions: a prohibition of any of them, else a gift of all of them. */
export function effectOf(
  policy: Policy,
  subject: PolicySubject,
  permissions: readonly string[],
): PolicyRule | undefined {
  const meant = policy.rules.filter((rule) => concerns(rule, subject));
  const names = (rule: PolicyRule, permission: string) =>
    rule.permissions.some((name) => name === '*' || name === permission);
  const forbidding = meant.find(
    (rule) => rule.effect === 'forbid' && permissions.some((permission) => names(rule, permission)),
  );
  // A gift of a scope gives the data behind it too: it is the scope that the operator thought of.
  return (
    forbidding ??
    meant.find((rule) => rule.effect === 'grant' && permissions[0] !== undefined && names(rule, permissions[0]))
  );
}

function concerns(rule: PolicyRule, { appId, signer, publishers, appCategory }: PolicySubject): boolean {
  const app = rule.apps.length === 0 || rule.apps.some((pattern) => matches(pattern, appId));
  // A name is the maker's own claim: good enough to be refused by, not to be given something for.
  const known = rule.effect === 'forbid' ? [signer, ...publishers] : [signer];
  const publisher = rule.publishers.length === 0 || rule.publishers.some((name) => known.includes(name));
  const category = rule.categories.length === 0 || (appCategory !== undefined && rule.categories.includes(appCategory));
  return app && publisher && category;
}

function matches(pattern: string, appId: string): boolean {
  const wanted = pattern.toLowerCase();
  const id = appId.toLowerCase();
  return wanted.endsWith('*') ? id.startsWith(wanted.slice(0, -1)) : id === wanted;
}
