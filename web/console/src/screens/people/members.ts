/** Members of an organisation, their roles, and inviting others. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { array, type InferOutput } from 'valibot';
import { text } from '../../localization';
import { Act } from '../../parts/act';
import { ConsoleElement } from '../../parts/element';
import { time } from '../../parts/format';
import { invitedNote, inviteForm } from '../../parts/invite';
import { Loaded } from '../../parts/loaded';
import { call, part, tell } from '../../platform/client';
import { invitationSchema, type Member, memberRoles, memberSchema, type Organisation } from '../../platform/schemas';
import { router, to } from '../../router';
import { session } from '../../session';

@customElement('console-members')
export class MembersElement extends ConsoleElement {
  @property({ attribute: false }) organisation!: Organisation;
  @state() private invited: InferOutput<typeof invitationSchema> | undefined;
  readonly #members = new Loaded<Member[]>(this, () => call('GET', `${this.#path}/members`, array(memberSchema)));
  readonly #act = new Act(this);
  readonly #invite = new Act(this);

  get #path(): string {
    return `/api/v1/organisations/${part(this.organisation.id)}`;
  }

  protected override render(): TemplateResult {
    const owns = this.organisation.role === 'owner';
    return html`<section class="card">
      <h2>${text('members')}</h2>
      ${this.#act.note()}
      ${this.#members.view((members) => html`<ul class="plain">${members.map((one) => this.#member(one, owns))}</ul>`)}
      ${
        owns
          ? html`<h3>${text('invite')}</h3>
              ${inviteForm(memberRoles, 'developer', this.#invite.busy, this.#send)} ${this.#invite.note()}
              ${this.invited === undefined ? nothing : invitedNote(this.invited)}`
          : nothing
      }
    </section>`;
  }

  #member(member: Member, owns: boolean): TemplateResult {
    const self = member.user_id === session.me?.id;
    const path = `${this.#path}/members/${part(member.user_id)}`;
    const change = (event: Event) => {
      const role = (event.target as HTMLSelectElement).value;
      void this.#do(() => tell('PUT', path, { body: { role } }));
    };
    const remove = () => void this.#do(() => tell('DELETE', path), self);
    return html`<li class="head">
      <span>
        <strong>${member.name}</strong>
        <span class="small muted">${text('members.since')} ${time(member.created_at)}</span>
      </span>
      ${
        owns
          ? html`<select aria-label="${text('members.role')}: ${member.name}" .value=${live(member.role)} @change=${change}>
              ${memberRoles.map(
                (role) =>
                  html`<option value=${role} ?selected=${role === member.role}>${text(`role.${role}`)}</option>`,
              )}
            </select>`
          : html`<span class="muted">${text(`role.${member.role}`)}</span>`
      }
      ${
        owns || self
          ? html`<button
              class="quiet danger"
              aria-label=${self ? nothing : text('members.remove.sure', { name: member.name })}
              @click=${remove}
            >
              ${text(self ? 'members.leave' : 'members.remove')}
            </button>`
          : nothing
      }
    </li>`;
  }

  async #do(work: () => Promise<void>, leaves = false): Promise<void> {
    const done = await this.#act.run(() => work().then(() => true));
    if (done === true && leaves) {
      await this.#act.run(() => session.refreshOrganisations());
      router.go(to('organisations'));
      return;
    }
    await this.#members.reload();
  }

  readonly #send = async (body: { role: string; label: string }) => {
    this.invited = await this.#invite.run(() => call('POST', `${this.#path}/invitations`, invitationSchema, { body }));
  };
}
