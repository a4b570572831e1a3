/** Who is signed in, and what the platform offers: kept on the device, so that the shell starts without a network. */
import { array, nullish, object, safeParse, string } from 'valibot';
import { get, put, remove } from './device/database';
import { Observable } from './observable';
import { noPolicy, type Policy, policySchema } from './permission/policy';
import {
  chooseMark,
  facts,
  type MiniAppSummary,
  me,
  miniAppSchema,
  miniApps,
  type PlatformFacts,
  signIn,
  signOut,
  type User,
  userSchema,
} from './platform/client';
import { PlatformProblem } from './platform/problem';

export type SessionState = 'starting' | 'signed-out' | 'ready';

const keptUser = 'user';
const keptList = 'miniapps';
const keptPolicy = 'permission-policy';

export class Session extends Observable {
  state: SessionState = 'starting';
  user: User | undefined;
  facts: PlatformFacts | undefined;
  /** What the operator forbids or gives beforehand; the kept one while the platform can't be reached. */
  policy: Policy = noPolicy;
  /** Whether the user has been asked for their mark on this device; undefined until that is known. */
  markChosen: boolean | undefined;
  offline = false;
  problem: PlatformProblem | undefined;
  /** Undefined until the list is known, from the device or the platform. */
  list: MiniAppSummary[] | undefined;
  /** Settles when a user is known: a kept one at once, else after signing in. */
  readonly ready: Promise<User>;
  #signedIn: (user: User) => void = () => undefined;

  constructor() {
    super();
    this.ready = new Promise((resolve) => {
      this.#signedIn = resolve;
    });
  }

  async start(): Promise<void> {
    const names = [keptUser, keptList, keptPolicy];
    const [user, list, policy] = await Promise.all(names.map((name) => get('home', name))).catch(() => []);
    const knownPolicy = safeParse(policySchema, policy);
    if (knownPolicy.success) this.policy = knownPolicy.output;
    const knownUser = safeParse(userSchema, user);
    const knownList = safeParse(array(miniAppSchema), list);
    if (knownList.success) this.list = knownList.output;
    if (knownUser.success) this.#enter(knownUser.output);
    await this.refresh();
  }

  /** Asks the platform who is signed in, and signs the demo user in where there is a demo. */
  async refresh(): Promise<void> {
    try {
      this.facts = await facts();
      await this.#keepPolicy(this.facts.permission_policy ?? noPolicy);
      const user = await this.#current();
      if (user === undefined) {
        this.state = 'signed-out';
      } else {
        await this.#keep(user);
        this.#enter(user);
        await this.#refreshList();
      }
      this.offline = false;
      this.problem = undefined;
    } catch (failure) {
      if (!(failure instanceof PlatformProblem)) throw failure;
      this.offline = failure.unreachable;
      this.problem = failure;
    }
    this.changed();
  }

  /** After the platform said that nobody is signed in: true where somebody is now. */
  async renew(): Promise<boolean> {
    await this.refresh();
    return this.problem === undefined && this.state === 'ready';
  }

  async signIn(credentials: Parameters<typeof signIn>[0]): Promise<void> {
    await signIn(credentials);
    await this.refresh();
  }

  async signOut(): Promise<void> {
    await signOut();
    await remove('home', keptUser);
    location.assign('/');
  }

  /** Keeps the mark that prompts of the shell show; `mark` may be the one that is shown already. */
  async chooseMark(mark: string): Promise<void> {
    const { user } = this;
    if (user === undefined) return;
    if (mark !== user.device_mark) {
      await chooseMark(mark);
      this.user = { ...user, device_mark: mark };
      await this.#keep(this.user);
    }
    this.markChosen = true;
    await put('settings', `mark-chosen:${user.id}`, true).catch(() => undefined);
    this.changed();
  }

  find(appId: string): MiniAppSummary | undefined {
    return this.list?.find((one) => one.app_id === appId);
  }

  async #current(): Promise<User | undefined> {
    if (this.facts?.signed_in !== false) {
      try {
        return await me();
      } catch (failure) {
        if (!(failure instanceof PlatformProblem) || failure.status !== 401) throw failure;
      }
    }
    if (this.facts?.demo !== true) return undefined;
    await signIn({ demo: true });
    return me();
  }

  async #recallMark(user: User): Promise<void> {
    this.markChosen = (await get('settings', `mark-chosen:${user.id}`).catch(() => undefined)) === true;
    this.changed();
  }

  async #keepPolicy(policy: Policy): Promise<void> {
    this.policy = policy;
    await put('home', keptPolicy, policy).catch(() => undefined);
  }

  async #keep(user: User): Promise<void> {
    await put('home', keptUser, user).catch(() => undefined);
  }

  async #refreshList(): Promise<void> {
    this.list = await miniApps();
    await put('home', keptList, this.list).catch(() => undefined);
  }

  #enter(user: User): void {
    this.user = user;
    void this.#recallMark(user);
    this.state = 'ready';
    this.#signedIn(user);
    this.changed();
  }
}

export const dishSchema = object({
  app_id: string(),
  name: string(),
  icon_url: nullish(string()),
  publisher: nullish(string()),
});
