/** Inviting someone by a code, to an organisation or to the staff. */
import { html, type TemplateResult } from 'lit';
import { text, textOr } from '../localization';
import { field, formOf } from './element';
import { time } from './format';
import './secret';

export function inviteForm(
  roles: readonly string[],
  usual: string,
  busy: boolean,
  send: (body: { role: string; label: string }) => Promise<void>,
): TemplateResult {
  const submit = (event: SubmitEvent) => {
    const form = formOf(event);
    void send({ role: field(form, 'role'), label: field(form, 'label') });
  };
  return html`<form class="line" @submit=${submit}>
    <label class="field"
      >${text('invite.role')}<select name="role">
        ${roles.map(
          (role) => html`<option value=${role} ?selected=${role === usual}>${textOr(`role.${role}`, role)}</option>`,
        )}
      </select></label
    >
    <label class="field">${text('invite.label')}<input name="label" maxlength="100" /></label>
    <button class="secondary" aria-disabled=${busy}>${text('invite.submit')}</button>
  </form>`;
}

export function invitedNote({ code, expires_at }: { code: string; expires_at: number }): TemplateResult {
  const caption = text('invite.made', { time: time(expires_at) });
  return html`<console-secret caption=${caption} value=${code}></console-secret>`;
}
