/** The operator's staff and their duties. */
import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { array, type InferOutput } from 'valibot';
import { text } from '../../localization';
import { Act } from '../../parts/act';
import { ConsoleElement, emptyNote } from '../../parts/element';
import { time } from '../../parts/format';
import { invitedNote, inviteForm } from '../../parts/invite';
import { Loaded } from '../../parts/loaded';
import { call, part, tell } from '../../platform/client';
import { invitationSchema, staffMemberSchema, staffRoles } from '../../platform/schemas';

type StaffMember = InferOutput<typeof staffMemberSchema>;

@customElement('console-staff')
export class StaffElement extends ConsoleElement {
  @state() private invited: InferOutput<typeof invitationSchema> | undefined;
  readonly #staff = new Loaded<StaffMember[]>(this, () => call('GET', '/api/v1/staff', array(staffMemberSchema)));
  readonly #act = new Act(this);
  readonly #invite = new Act(this);

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <h1>${text('staff.title')}</h1>
      ${this.#act.note()}
      <section class="card">
        ${this.#staff.view((staff) =>
          staff.length === 0
            ? emptyNote(text('staff.empty'), text('staff.empty.advice'))
            : html`<ul class="plain">
                ${staff.map(
                  (one) => html`<li class="head">
                    <span>
                      <strong>${one.name}</strong>
                      <span class="small muted">${text(`role.${one.role}`)} · ${time(one.created_at)}</span>
                    </span>
                    <button class="quiet danger" @click=${() => void this.#take(one)}>${text('staff.take')}</button>
                  </li>`,
                )}
              </ul>`,
        )}
      </section>
      <section class="card">
        <h2>${text('invite')}</h2>
        ${inviteForm(staffRoles, 'reviewer', this.#invite.busy, this.#send)} ${this.#invite.note()}
        ${this.invited === undefined ? '' : invitedNote(this.invited)}
      </section>
    </div>`;
  }

  async #take({ user_id, role }: StaffMember): Promise<void> {
    await this.#act.run(() => tell('DELETE', `/api/v1/staff/${part(user_id)}/${role}`));
    await this.#staff.reload();
  }

  readonly #send = async (body: { role: string; label: string }) => {
    this.invited = await this.#invite.run(() => call('POST', '/api/v1/staff/invitations', invitationSchema, { body }));
  };
}
