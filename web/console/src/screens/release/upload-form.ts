/** Uploading a package: a new release, or the package of a draft. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { text } from '../../localization';
import { Act } from '../../parts/act';
import { announce, ConsoleElement, field, formOf } from '../../parts/element';
import { size } from '../../parts/format';
import { call, part } from '../../platform/client';
import { type Release, releaseSchema } from '../../platform/schemas';
import { type Progress, UploadStopped, uploadPackage } from '../../platform/upload';

@customElement('console-upload-form')
export class UploadFormElement extends ConsoleElement {
  static override styles = [
    ...ConsoleElement.styles,
    css`
      progress {
        width: 100%;
        height: 8px;
        accent-color: var(--olive);
      }
    `,
  ];

  /** A draft that gets the package; else a release is made of it. */
  @property({ attribute: false }) draft: Release | undefined;
  @state() private progress: Progress | 'making' | undefined;
  @state() private stopped = false;
  @state() private total = 0;
  readonly #act = new Act(this);
  #stop = new AbortController();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop.abort();
  }

  protected override render(): TemplateResult {
    const busy = this.#act.busy;
    return html`<form class="card" @submit=${this.#upload}>
      <h2>${text('upload.title')}</h2>
      <label class="field"
        >${text('upload.file')}<input name="file" type="file" accept=".ma" required aria-describedby="file-advice"
      /></label>
      <p class="advice" id="file-advice">${text('upload.file.advice')}</p>
      ${this.draft === undefined ? this.#choices() : nothing} ${this.#act.note()}
      ${this.stopped ? html`<div class="note" role="status">${text('upload.stopped')}</div>` : nothing}
      ${busy ? this.#underWay() : nothing}
      <div class="actions">
        <button class="primary" aria-disabled=${busy}>${text('upload.start')}</button>
        ${
          busy
            ? html`<button class="secondary" type="button" @click=${() => this.#stop.abort()}>
                ${text('upload.stop')}
              </button>`
            : html`<button class="quiet" type="button" @click=${() => announce(this, 'upload-closed', undefined)}>
                ${text('cancel')}
              </button>`
        }
      </div>
    </form>`;
  }

  #choices(): TemplateResult {
    return html`<label class="field">${text('upload.notes')}<textarea name="notes" maxlength="2000"></textarea></label>
      <label class="tick"><input name="submit" type="checkbox" checked />${text('upload.submit')}</label>`;
  }

  #underWay(): TemplateResult {
    const { progress, total } = this;
    if (progress === undefined || progress === 'making' || progress.stage === 'hashing') {
      return html`<p role="status">${text(progress === 'making' ? 'upload.making' : 'upload.hashing')}</p>`;
    }
    const words = text('upload.sending', { sent: size(progress.sent), total: size(total) });
    return html`<div class="stack" role="status">
      <progress max=${total} value=${progress.sent} aria-label=${words}></progress>
      <span class="small">${words}</span>
    </div>`;
  }

  readonly #upload = async (event: SubmitEvent) => {
    const form = formOf(event);
    const file = new FormData(form).get('file');
    if (!(file instanceof File)) return;
    this.#stop = new AbortController();
    this.stopped = false;
    this.total = file.size;
    try {
      const release = await this.#act.run(() => this.#make(file, form));
      if (release !== undefined) announce(this, 'release-made', release);
    } catch (failure) {
      if (!(failure instanceof UploadStopped)) throw failure;
      this.stopped = true;
    } finally {
      this.progress = undefined;
    }
  };

  async #make(file: File, form: HTMLFormElement): Promise<Release> {
    const { draft } = this;
    const upload = await uploadPackage(file, {
      signal: this.#stop.signal,
      progress: (progress) => {
        this.progress = progress;
      },
    });
    this.progress = 'making';
    if (draft !== undefined) {
      const path = `/api/v1/releases/${part(draft.id)}/package`;
      return call('PUT', path, releaseSchema, { body: { upload }, revision: draft.revision });
    }
    const submit = new FormData(form).has('submit');
    const notes = field(form, 'notes') || undefined;
    return call('POST', '/api/v1/releases', releaseSchema, { body: { upload, notes, submit } });
  }
}
