/**
 * The one place where an app's calls are asked for. The bridge passes every call of the catalog that has a scope or a
 * category of data through `require` before its handler runs; a handler gets a `Granted`, which only this file makes.
 */

import { fail } from '../miniapp/failure';
import type { MiniApp } from '../miniapp/mini-app';
import { Observable } from '../observable';
import { type Decision, dataName, decide, type GrantState, privacyPause, type Question } from './decide';
import { type Declarations, readDeclarations } from './declarations';
import { type GrantSync, Grants } from './grants';
import { noPolicy, type Policy, type PolicySubject } from './policy';
import { PrivacyAgreement } from './privacy';
import { prompts } from './prompt-queue';
import { openCategories, scopeFacts } from './scopes';
import { UseLog } from './use-log';

const mostDismissals = 2;

/** How long the note about an agreement stands, in milliseconds. */
const noticeTime = 10_000;

let mint: (permission: string, by: Granted['by']) => Granted;

/** Proof that a call may be carried out. Privileged code takes it instead of a name. */
export class Granted {
  readonly #made = true;

  private constructor(
    readonly permission: string,
    readonly by: Extract<Decision, { decision: 'allowed' }>['by'],
  ) {}

  static {
    mint = (permission, by) => new Granted(permission, by);
  }

  /** False for anything that only looks like one. */
  static is(value: unknown): value is Granted {
    return typeof value === 'object' && value !== null && #made in value;
  }
}

/** What the trusted layer shows. */
export type Prompt =
  | { kind: 'scope'; api: string; permission: string; answer: (state: PromptAnswer) => void }
  | { kind: 'privacy'; api: string; categories: string[]; answer: (state: PromptAnswer) => void };
/** `dismissed`: closed without an answer, which counts for this call alone. */
export type PromptAnswer = 'granted' | 'once' | 'refused' | 'dismissed';

export interface GateSurroundings {
  sync: GrantSync;
  policy: () => Policy;
  /** Names that the platform knows the publisher by. */
  publishers: () => readonly string[];
}

export class PermissionGate extends Observable {
  declared: Declarations = { permissions: [], data: [], development: false };
  prompt: Prompt | undefined;
  /** Categories that the user agreed to in the app's own words, told for a while so that it can be taken back. */
  notice: string[] | undefined;
  readonly grants: Grants;
  readonly log: UseLog;
  readonly privacy: PrivacyAgreement;
  readonly #told = new Set<string>();
  /** One question for one permission: calls that come while it is asked wait for the same answer. */
  readonly #asking = new Map<string, Promise<PromptAnswer>>();
  /** How often each prompt was closed without an answer in this run. */
  readonly #dismissals = new Map<string, number>();
  #closed = false;

  constructor(
    private readonly app: MiniApp,
    private readonly surroundings: GateSurroundings,
  ) {
    super();
    const { user } = app.options;
    this.grants = new Grants(user, app.id, surroundings.sync);
    this.log = new UseLog(user, app.id);
    this.privacy = new PrivacyAgreement(app.gestures, (name, detail) => app.bridge.event(name, detail));
  }

  async load(): Promise<void> {
    const opened = this.app.release?.package;
    if (opened === undefined) return;
    const [declared] = await Promise.all([readDeclarations(opened), this.grants.load(), this.log.load()]);
    this.declared = declared;
    this.changed();
  }

  get policy(): Policy {
    return this.surroundings.policy() ?? noPolicy;
  }

  get signer(): string {
    return this.app.release?.package.signers.developer ?? '';
  }

  /** What the operator's rules are matched against. */
  get subject(): PolicySubject {
    const publishers = this.surroundings.publishers();
    return { appId: this.app.id, signer: this.signer, publishers, appCategory: this.declared.category };
  }

  /** Decides without asking anyone. */
  judge(question: Question): Decision {
    const moment = {
      ...this.subject,
      inFront: this.app.inFront,
      now: Date.now() / 1000,
      privacyRefusedAt: this.privacy.refusedAt,
    };
    return decide(this.declared, this.policy, this.grants.all, moment, question);
  }

  /**
   * Lets a call pass or fails it as the original host would; asks the user where that is due.
   *
   * @throws ApiFailure
   */
  async require(question: Question): Promise<Granted | undefined> {
    for (;;) {
      if (this.#closed) fail('the mini program is closed');
      const decision = this.judge(question);
      if (decision.decision === 'allowed') return this.#allow(question, decision.by);
      if (decision.decision === 'refused') return this.#refuse(question, decision);
      const answer = await this.#ask(question, decision);
      // Given answers are weighed again: with what else has changed meanwhile, and for what comes after them.
      if (answer === 'granted' || answer === 'once') continue;
      if (decision.kind === 'privacy') return this.#deny(question, 'privacy permission is not authorized', 104);
      return this.#deny(question, 'auth deny', 103);
    }
  }

  /** Asks for a scope without using it. */
  async authorize(scope: string): Promise<void> {
    if (scopeFacts(scope) === undefined) fail('invalid scope');
    await this.require({ api: 'authorize', scope });
  }

  /** Scopes that the user has answered for, as `getSetting` tells them. */
  authSetting(): Record<string, boolean> {
    const setting: Record<string, boolean> = {};
    for (const { permission, state, signer } of this.grants.all) {
      if (signer !== this.signer || !permission.startsWith('scope.') || state === 'ask') continue;
      setting[permission] = state !== 'refused';
    }
    return setting;
  }

  /** Categories of the data agreement that the user has not agreed to. */
  pendingCategories(): string[] {
    const agreed = (category: string) => {
      const state = this.grants.stateOf(dataName(category), this.signer);
      return state === 'granted' || state === 'once';
    };
    return this.declared.data
      .map(({ category }) => category)
      .filter((category) => !openCategories.has(category) && !agreed(category));
  }

  /** The user's own change, on the app's settings page. */
  async change(permission: string, state: GrantState): Promise<void> {
    await this.grants.set(permission, state, this.signer);
    this.log.add('settings', permission, state === 'refused' || state === 'ask' ? 'refused' : 'granted');
  }

  /** Shows the data agreement where something of it is still open; false where the user declines. */
  async agree(api: string): Promise<boolean> {
    const categories = this.pendingCategories();
    if (categories.length === 0) return true;
    const { refusedAt } = this.privacy;
    if (refusedAt !== undefined && Date.now() / 1000 - refusedAt < privacyPause) return false;
    const answer = await this.#ask({ api }, { decision: 'ask', kind: 'privacy', categories });
    return answer === 'granted' || answer === 'once';
  }

  /** A development build reaches a server that it does not declare: its maker should know before a release. */
  tolerated(use: string, origin: string): void {
    this.#tell(
      'warn',
      `${origin} is not declared for ${use}: a release can't reach it. ` +
        `Add to mezze.json: "origins": {"${use}": ["${origin}"]}` +
        (/^(https|wss):/.test(origin) ? '.' : `, with https or wss: a release reaches nothing else.`),
    );
  }

  close(): void {
    this.#closed = true;
    this.prompt?.answer('dismissed');
    this.privacy.close();
    void this.log.flush();
  }

  #ask(question: Question, asked: Extract<Decision, { decision: 'ask' }>): Promise<PromptAnswer> {
    const name = asked.kind === 'scope' ? asked.permission : 'privacy';
    // Closed twice is answer enough: an app must not wear its user down.
    if ((this.#dismissals.get(name) ?? 0) >= mostDismissals) return Promise.resolve('dismissed');
    let asking = this.#asking.get(name);
    if (asking === undefined) {
      asking = this.#prompt(question.api, asked).finally(() => this.#asking.delete(name));
      this.#asking.set(name, asking);
    }
    return asking;
  }

  async #prompt(api: string, asked: Extract<Decision, { decision: 'ask' }>): Promise<PromptAnswer> {
    const own = asked.kind === 'privacy' ? await this.privacy.askApp(api) : undefined;
    const answer = own ?? (await this.#show(api, asked));
    const permissions = asked.kind === 'scope' ? [asked.permission] : asked.categories.map(dataName);
    if (asked.kind === 'privacy' && (answer === 'refused' || answer === 'dismissed')) {
      this.privacy.refusedAt = Date.now() / 1000;
    }
    if (answer === 'dismissed') {
      const name = asked.kind === 'scope' ? asked.permission : 'privacy';
      if (this.app.inFront) this.#dismissals.set(name, (this.#dismissals.get(name) ?? 0) + 1);
      return answer;
    }
    if (own === 'granted' && asked.kind === 'privacy') this.#notify(asked.categories);
    for (const permission of permissions) {
      // The agreement may be asked for again; a scope that was refused is not.
      if (asked.kind === 'scope' || answer !== 'refused') await this.grants.set(permission, answer, this.signer);
      this.log.add(api, permission, answer === 'refused' ? 'refused' : 'granted');
    }
    return answer;
  }

  /** The trusted layer's prompt: one at a time in the whole shell, and only over an app that is in front. */
  async #show(api: string, asked: Extract<Decision, { decision: 'ask' }>): Promise<PromptAnswer> {
    const turn = await prompts.take();
    try {
      if (this.#closed || !this.app.inFront) return 'dismissed';
      return await new Promise<PromptAnswer>((resolve) => {
        const answer = (state: PromptAnswer) => {
          this.prompt = undefined;
          this.changed();
          resolve(state);
        };
        this.prompt =
          asked.kind === 'scope'
            ? { kind: 'scope', api, permission: asked.permission, answer }
            : { kind: 'privacy', api, categories: asked.categories, answer };
        this.changed();
      });
    } finally {
      turn.end();
    }
  }

  /** An agreement that the app drew itself is told by the shell, which shows what it was to. */
  #notify(categories: string[]): void {
    this.notice = categories;
    this.changed();
    setTimeout(() => this.dismissNotice(), noticeTime);
  }

  dismissNotice(): void {
    if (this.notice === undefined) return;
    this.notice = undefined;
    this.changed();
  }

  #allow(question: Question, by: Granted['by']): Granted | undefined {
    if (by === 'open') return undefined;
    const permission = nameOf(question);
    if (by === 'development') this.#tell('warn', `${undeclared(question)} A release is refused that.`);
    else if (question.scope !== undefined && !this.declared.permissions.some(({ name }) => name === question.scope)) {
      this.#tell('error', `${undeclared(question)} A release is refused that.`);
    }
    if (question.api !== 'authorize') this.log.add(question.api, permission, 'used');
    return mint(permission, by);
  }

  #refuse(question: Question, decision: Extract<Decision, { decision: 'refused' }>): never {
    if (decision.rule === 'undeclared') this.#tell('error', undeclared(question));
    else if (decision.rule === 'operator') {
      this.#tell(
        'error',
        `${question.api}: the operator forbids ${nameOf(question)} by the rule "${decision.policy}".`,
      );
    }
    return this.#deny(question, decision.reason, decision.errno);
  }

  #deny(question: Question, reason: string, errno: number | undefined): never {
    this.log.add(question.api, nameOf(question), 'refused');
    return fail(reason, errno);
  }

  /** Once for each text: what the developer must know. */
  #tell(level: 'warn' | 'error', message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.app.consoleLine('logic', level, message);
  }
}

function nameOf({ scope, category }: Question): string {
  return scope ?? (category === undefined ? 'privacy' : dataName(category));
}

function undeclared({ api, scope, category }: Question): string {
  if (scope === undefined) {
    return (
      `${api} uses data of the category "${category}", which the app does not declare. ` +
      `Add to mezze.json: "data": {"${category}": {"purpose": "…", "retention": "…"}}.`
    );
  }
  return (
    `${api} needs the permission ${scope}, which the app does not declare. ` +
    `Add to app.json: "permission": {"${scope}": {"desc": "why"}}, or to mezze.json: "permissions": {"${scope}": "why"}.`
  );
}
