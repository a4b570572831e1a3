/** What the platform answers, as docs/reference/openapi.json describes it; only what the console shows. */
import {
  array,
  boolean,
  fallback,
  type InferOutput,
  nullish,
  number,
  object,
  optional,
  picklist,
  record,
  string,
  unknown,
} from 'valibot';

const maybeText = nullish(string());
const maybeNumber = nullish(number());

export const releaseStates = [
  'draft',
  'uploaded',
  'checked',
  'in_review',
  'approved',
  'rejected',
  'staged',
  'released',
  'superseded',
  'withdrawn',
] as const;
export type ReleaseState = (typeof releaseStates)[number];
export const staffRoles = ['reviewer', 'support', 'finance', 'admin'] as const;
export type StaffRole = (typeof staffRoles)[number];
export const memberRoles = ['owner', 'developer', 'tester'] as const;
export type MemberRole = (typeof memberRoles)[number];
export const scopes = [
  'packages:write',
  'releases:read',
  'releases:write',
  'apps:write',
  'review:write',
  'audit:read',
] as const;

export const meSchema = object({ id: string(), name: string(), login: string(), role: string() });
export type Me = InferOutput<typeof meSchema>;

export const factsSchema = object({
  name: optional(string(), 'Mezze'),
  demo: optional(boolean(), false),
  signed_in: optional(boolean(), false),
  version: optional(string(), ''),
});

export const appSchema = object({
  app_id: string(),
  name: maybeText,
  category: maybeText,
  description: maybeText,
  organisation_id: maybeText,
  current_release_id: maybeText,
  staged_release_id: maybeText,
  minimum_version_code: number(),
  created_at: number(),
  revision: number(),
});
export type App = InferOutput<typeof appSchema>;

export const releaseSchema = object({
  id: string(),
  app_id: string(),
  name: string(),
  version: string(),
  version_code: number(),
  state: picklist(releaseStates),
  state_reason: maybeText,
  actions: array(string()),
  notes: maybeText,
  submitted_digest: string(),
  package_digest: maybeText,
  package_size: maybeNumber,
  developer_key: maybeText,
  share: maybeNumber,
  scheduled_at: maybeNumber,
  forced: boolean(),
  submit_when_checked: boolean(),
  release_when_approved: boolean(),
  created_at: number(),
  submitted_at: maybeNumber,
  released_at: maybeNumber,
  withdrawn_at: maybeNumber,
  revision: number(),
});
export type Release = InferOutput<typeof releaseSchema>;

const originSchema = object({ origin: string(), origin_use: string() });
const findingSchema = object({
  rule: string(),
  severity: picklist(['error', 'warning', 'note']),
  message: string(),
  file: maybeText,
  line: maybeNumber,
});
export type Finding = InferOutput<typeof findingSchema>;

const differenceSchema = object({
  from_version: string(),
  size_before: number(),
  files_added: array(string()),
  files_changed: array(object({ path: string(), before: number(), after: number() })),
  files_removed: array(string()),
  files_unchanged: number(),
  truncated: boolean(),
  permissions_added: array(string()),
  permissions_removed: array(string()),
  origins_added: array(originSchema),
  origins_removed: array(originSchema),
  name_before: maybeText,
  developer_key_before: maybeText,
});
export type Difference = InferOutput<typeof differenceSchema>;

const permissionSchema = object({ name: string(), required: boolean(), reason: unknown() });
export type DeclaredPermission = InferOutput<typeof permissionSchema>;

export const reportSchema = object({
  outcome: string(),
  checked_at: number(),
  package_digest: string(),
  findings: array(findingSchema),
  permissions: array(permissionSchema),
  origins: array(originSchema),
  unknown_apis: array(string()),
  sizes: object({ stored: number(), inflated: number(), code_packages: record(string(), number()) }),
  difference: nullish(differenceSchema),
  audit: optional(unknown()),
});
export type Report = InferOutput<typeof reportSchema>;

export const commentSchema = object({
  id: string(),
  author_id: string(),
  author_name: fallback(string(), ''),
  side: string(),
  kind: string(),
  text: string(),
  internal: boolean(),
  created_at: number(),
});
export type Comment = InferOutput<typeof commentSchema>;

const pointSchema = object({ point: string(), text: string(), ticked: boolean() });
export const checklistSchema = array(pointSchema);
export const reviewSchema = object({
  release: releaseSchema,
  reviewer_id: maybeText,
  reviewer_name: maybeText,
  lease_until: maybeNumber,
  checklist: checklistSchema,
});
export type Review = InferOutput<typeof reviewSchema>;

export const reportStates = ['open', 'taken', 'resolved'] as const;
export type ReportState = (typeof reportStates)[number];
export const outcomes = ['no_action', 'publisher_warned', 'app_withdrawn', 'mended', 'duplicate'] as const;
export type Outcome = (typeof outcomes)[number];
const reportReason = picklist(['fraud', 'impersonation', 'harmful', 'too_much_data', 'broken', 'other']);
const userReport = {
  id: string(),
  app_id: string(),
  app_name: string(),
  version: string(),
  page: string(),
  reason: reportReason,
  text: string(),
  contact: maybeText,
  reporter_name: string(),
  state: picklist(reportStates),
  handler_id: maybeText,
  handler_name: maybeText,
  taken_at: maybeNumber,
  outcome: nullish(picklist(outcomes)),
  note: maybeText,
  answer: maybeText,
  created_at: number(),
  resolved_at: maybeNumber,
  revision: number(),
};
export const userReportSchema = object(userReport);
export type UserReport = InferOutput<typeof userReportSchema>;
export const reportDetailsSchema = object({
  ...userReport,
  release_id: maybeText,
  release_state: nullish(picklist(releaseStates)),
  others_waiting: number(),
});
export type ReportDetails = InferOutput<typeof reportDetailsSchema>;
export const warningSchema = object({ id: string(), reason: reportReason, text: string(), created_at: number() });
export type PublisherWarning = InferOutput<typeof warningSchema>;

export const keySchema = object({
  public_key: string(),
  state: string(),
  label: string(),
  vouched_by_key: maybeText,
  vouched_by_user: maybeText,
  created_at: number(),
  revoked_at: maybeNumber,
  revoked_reason: maybeText,
});
export type Key = InferOutput<typeof keySchema>;

export const testerSchema = object({ user_id: string(), name: fallback(string(), ''), created_at: number() });
export const madeLinkSchema = object({ code: string(), url: string(), expires_at: number() });
export const linkSchema = object({
  id: string(),
  label: string(),
  most_uses: number(),
  uses: number(),
  created_at: number(),
  expires_at: number(),
});

export const organisationSchema = object({
  id: string(),
  name: string(),
  website: maybeText,
  verification: string(),
  verified_domain: maybeText,
  verified_at: maybeNumber,
  created_at: number(),
  revision: number(),
  role: nullish(picklist(memberRoles)),
});
export type Organisation = InferOutput<typeof organisationSchema>;
export const memberSchema = object({
  user_id: string(),
  name: string(),
  role: picklist(memberRoles),
  created_at: number(),
});
export type Member = InferOutput<typeof memberSchema>;
export const staffMemberSchema = object({
  user_id: string(),
  name: string(),
  role: picklist(staffRoles),
  created_at: number(),
});
export const invitationSchema = object({ id: string(), code: string(), role: string(), expires_at: number() });
export const documentSchema = object({ id: string(), name: string(), size: number(), created_at: number() });
export const domainSchema = object({ domain: string(), record: string(), url: string(), line: string() });

export const uploadSchema = object({
  id: string(),
  size: number(),
  sha256: string(),
  offset: number(),
  state: string(),
  release_id: maybeText,
});
export type Upload = InferOutput<typeof uploadSchema>;

export const tokenSchema = object({
  id: string(),
  label: string(),
  scopes: nullish(array(string())),
  created_at: number(),
  expires_at: maybeNumber,
});
export const madeTokenSchema = object({ token: string() });
export const sessionSchema = object({
  id: string(),
  user_agent: maybeText,
  created_at: number(),
  expires_at: number(),
  current: boolean(),
});
export const passkeySchema = object({ id: string(), name: string(), created_at: number(), last_used_at: maybeNumber });
export const challengeSchema = object({
  challenge: string(),
  rp_id: string(),
  user_id: maybeText,
  algorithms: array(number()),
});

export const auditEntrySchema = object({
  sequence: number(),
  at: number(),
  actor: string(),
  actor_id: maybeText,
  token_id: maybeText,
  action: string(),
  subject_kind: string(),
  subject_id: string(),
  app_id: maybeText,
  organisation_id: maybeText,
  details: unknown(),
});
export type AuditEntry = InferOutput<typeof auditEntrySchema>;

export const logSchema = object({
  origin: string(),
  verifier_key: string(),
  size: number(),
  root: string(),
  checkpoint: string(),
});

export const overviewSchema = object({
  version: string(),
  blobs: boolean(),
  apps: number(),
  releases: array(object({ state: picklist(releaseStates), count: number() })),
  jobs: array(object({ kind: string(), state: string(), count: number() })),
});

export const invitationAcceptedSchema = object({ organisation_id: maybeText, role: string() });
