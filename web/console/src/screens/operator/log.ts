/** The public log: its signed head, and the newest entries as its files have them. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { InferOutput } from 'valibot';
import { text, textOr } from '../../localization';
import { Act } from '../../parts/act';
import { ConsoleElement, emptyNote } from '../../parts/element';
import { time } from '../../parts/format';
import { Loaded } from '../../parts/loaded';
import { call, PlatformProblem } from '../../platform/client';
import { entriesBelow, type LogEntry } from '../../platform/log-files';
import { logSchema } from '../../platform/schemas';
import { to } from '../../router';

interface Shown {
  head: InferOutput<typeof logSchema>;
  entries: LogEntry[];
}

@customElement('console-log')
export class LogElement extends ConsoleElement {
  readonly #log = new Loaded<Shown>(this, async () => {
    const head = await call('GET', '/api/v1/log', logSchema);
    return { head, entries: await read(head.size) };
  });
  readonly #older = new Act(this);

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <h1>${text('log.title')}</h1>
      <p class="muted">${text('log.advice')}</p>
      ${this.#log.view((shown) => html`${this.#head(shown)}${this.#entries(shown)}`)}
    </div>`;
  }

  #head({ head }: Shown): TemplateResult {
    return html`<section class="card">
      <dl>
        <dt>${text('log.size')}</dt>
        <dd>${head.size}</dd>
        <dt>${text('log.root')}</dt>
        <dd><code>${head.root}</code></dd>
        <dt>${text('log.key')}</dt>
        <dd><code>${head.verifier_key}</code></dd>
      </dl>
      <details>
        <summary>${text('log.checkpoint')}</summary>
        <pre class="scroll digest">${head.checkpoint}</pre>
      </details>
    </section>`;
  }

  #entries({ head, entries }: Shown): TemplateResult {
    if (entries.length === 0) return emptyNote(text('log.empty'), text('log.empty.advice'));
    const oldest = entries.at(-1)?.index ?? 0;
    return html`<section class="card">
      <h2>${text('log.entries')}</h2>
      <ul class="plain">
        ${entries.map((one) => entryRow(one))}
      </ul>
      ${this.#older.note()}
      ${
        oldest === 0
          ? nothing
          : html`<button class="secondary" aria-disabled=${this.#older.busy} @click=${() => void this.#more(head, entries, oldest)}>
              ${text('log.older')}
            </button>`
      }
    </section>`;
  }

  async #more(head: Shown['head'], entries: LogEntry[], oldest: number): Promise<void> {
    const older = await this.#older.run(() => read(oldest));
    if (older !== undefined) this.#log.set({ head, entries: [...entries, ...older] });
  }
}

function entryRow({ index, entry }: LogEntry): TemplateResult {
  const word = (name: string) => (typeof entry[name] === 'string' ? entry[name] : '');
  const at = entry.time;
  const app = word('app_id');
  return html`<li>
    <div class="actions">
      <span class="number muted">${index}</span>
      <strong>${textOr(`entry.${word('type')}`, word('type'))}</strong>
      ${app === '' ? nothing : html`<a href=${to('apps', app)}>${app}</a>`} ${word('version')}
      ${typeof at === 'number' ? html`<span class="small muted">${time(at)}</span>` : nothing}
    </div>
    <details>
      <summary class="small">${text('details')}</summary>
      <pre class="scroll digest">${JSON.stringify(entry, undefined, 2)}</pre>
    </details>
  </li>`;
}

async function read(end: number): Promise<LogEntry[]> {
  try {
    return await entriesBelow(end);
  } catch (failure) {
    if (failure instanceof PlatformProblem) throw failure;
    throw new PlatformProblem(200, text('log.unreadable'), String(failure), undefined);
  }
}
