/**
 * The mini app under review, running: the shell alone in a frame, with exactly this version. The frame is a page of our
 * own under the shell's policy (crates/mezze-platform/src/console); what the mini app may do is up to that policy.
 */
import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { text } from '../../localization';
import { ConsoleElement } from '../../parts/element';

@customElement('console-run')
export class RunElement extends ConsoleElement {
  static override styles = [
    ...ConsoleElement.styles,
    css`
      .phone {
        display: grid;
        place-items: center;
        width: 100%;
        max-width: 392px;
        height: min(760px, calc(100vh - 120px));
        border: 1px solid var(--line);
        border-radius: 20px;
        overflow: hidden;
        background: var(--plate);
      }
      .phone.still {
        height: 160px;
      }
      .phone .primary {
        justify-self: center;
      }
      @media (min-width: 1000px) {
        .phone.still {
          height: min(760px, calc(100vh - 120px));
        }
      }
      iframe {
        width: 100%;
        height: 100%;
        border: 0;
      }
    `,
  ];

  @property({ attribute: 'app-id' }) appId = '';
  @property() version = '';
  /** 0 until the reviewer wants it to run. */
  @state() private starts = 0;

  protected override render(): TemplateResult {
    const start = () => {
      this.starts += 1;
    };
    const address = `/console/run/miniapp/${encodeURIComponent(this.appId)};version=${encodeURIComponent(this.version)}`;
    return html`<section class="stack" aria-label=${text('review.running')}>
      <div class="phone ${this.starts === 0 ? 'still' : ''}">
        ${
          this.starts === 0
            ? html`<button class="primary" @click=${start}>${text('review.run')}</button>`
            : keyed(
                this.starts,
                html`<iframe
                  src=${address}
                  title=${text('review.running')}
                  allow="camera; microphone; geolocation; accelerometer; gyroscope; magnetometer; fullscreen"
                ></iframe>`,
              )
        }
      </div>
      <p class="advice">${text('review.running.advice')}</p>
      ${this.starts === 0 ? '' : html`<button class="quiet" @click=${start}>${text('review.run-again')}</button>`}
    </section>`;
  }
}
