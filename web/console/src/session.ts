/** Who is signed in, and what they are here: their duties on the operator's side, their organisations. */
import { array, type InferOutput, picklist } from 'valibot';
import { Observable } from '../../common/observable';
import { call, PlatformProblem, tell } from './platform/client';
import {
  type App,
  factsSchema,
  type Me,
  type MemberRole,
  meSchema,
  type Organisation,
  organisationSchema,
  type StaffRole,
  staffRoles,
} from './platform/schemas';

export type SessionState = 'starting' | 'signed-out' | 'ready';

class Session extends Observable {
  state: SessionState = 'starting';
  facts: InferOutput<typeof factsSchema> | undefined;
  me: Me | undefined;
  duties: StaffRole[] = [];
  organisations: Organisation[] = [];
  problem: PlatformProblem | undefined;
  /** The session ended while something was open: signing in goes on from there. */
  expired = false;
  readonly #waiting = new Set<() => void>();

  async start(): Promise<void> {
    try {
      this.facts = await call('GET', '/api/v1/platform', factsSchema);
      if (this.facts.signed_in) await this.#enter();
      else this.state = 'signed-out';
      this.problem = undefined;
    } catch (failure) {
      if (!(failure instanceof PlatformProblem)) throw failure;
      if (failure.status === 401) this.state = 'signed-out';
      else this.problem = failure;
    }
    this.changed();
  }

  /** After one of the ways in succeeded. */
  async entered(): Promise<void> {
    await this.#enter();
    this.expired = false;
    for (const go of [...this.#waiting]) go();
    this.#waiting.clear();
    this.changed();
  }

  expire(andThen?: () => void): void {
    if (this.state !== 'ready') return;
    if (andThen !== undefined) this.#waiting.add(andThen);
    this.expired = true;
    this.changed();
  }

  async refreshOrganisations(): Promise<void> {
    this.organisations = await call('GET', '/api/v1/organisations', array(organisationSchema));
    this.changed();
  }

  async signOut(): Promise<void> {
    await tell('DELETE', '/api/v1/session');
    location.assign('/console/');
  }

  /** Whether the person has this duty; an admin has every one. */
  has(role: StaffRole): boolean {
    return this.duties.includes(role) || this.duties.includes('admin');
  }

  /** Whether the person is an owner or developer of the mini app's organisation. */
  develops(app: Pick<App, 'organisation_id'>): boolean {
    return this.owns(app) || this.#roleIn(app) === 'developer';
  }

  /** Whether the person is an owner of it; one without an organisation belongs to whoever sees it here. */
  owns(app: Pick<App, 'organisation_id'>): boolean {
    return this.#roleIn(app) === 'owner' || app.organisation_id == null;
  }

  #roleIn(app: Pick<App, 'organisation_id'>): MemberRole | null | undefined {
    return this.organisations.find(({ id }) => id === app.organisation_id)?.role;
  }

  get isStaff(): boolean {
    return this.duties.length > 0;
  }

  async #enter(): Promise<void> {
    const me = call('GET', '/api/v1/me', meSchema);
    const duties = call('GET', '/api/v1/staff/me', array(picklist(staffRoles)));
    const organisations = call('GET', '/api/v1/organisations', array(organisationSchema));
    [this.me, this.duties, this.organisations] = await Promise.all([me, duties, organisations]);
    this.state = 'ready';
  }
}

export const session = new Session();
