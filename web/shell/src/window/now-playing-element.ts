/** The mark of a sound that plays on while its app is out of sight: what it is, and how to stop it. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Apps } from '../apps';
import { nowPlaying } from '../audio/now-playing';
import { text } from '../localization';
import { controls, MezzeElement } from '../screens/base';
import { icon } from '../screens/icon';

@customElement('mezze-now-playing')
export class NowPlayingElement extends MezzeElement {
  static override styles = [
    controls,
    css`
      .mark {
        position: fixed;
        z-index: 90;
        right: 12px;
        bottom: calc(76px + var(--inset-bottom));
        display: flex;
        align-items: center;
        gap: 4px;
        max-width: min(320px, calc(100vw - 24px));
        padding: 4px;
        border-radius: var(--corner-pill);
        background: var(--card);
        box-shadow: var(--shadow);
      }
      .track {
        display: flex;
        align-items: center;
        gap: 10px;
        min-width: 0;
        min-height: var(--touch);
        padding-right: 4px;
        border-radius: var(--corner-pill);
        text-align: start;
      }
      .cover {
        flex: none;
        width: 36px;
        height: 36px;
        margin-left: 4px;
        border-radius: 50%;
        background: var(--plate);
        display: grid;
        place-items: center;
        object-fit: cover;
        color: var(--olive-text);
      }
      .words {
        min-width: 0;
        line-height: 1.3;
      }
      .words span {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-size: var(--text-13);
      }
      .words .muted {
        font-size: var(--text-12);
      }
      .control {
        flex: none;
        display: grid;
        place-items: center;
        width: var(--touch);
        height: var(--touch);
        border-radius: 50%;
      }
    `,
  ];

  @property({ attribute: false }) apps!: Apps;

  protected override willUpdate(): void {
    this.observe(nowPlaying, nowPlaying.current?.app, this.apps);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { current, playing } = nowPlaying;
    // The app in front has controls of its own.
    if (current === undefined || current.app.inFront) return nothing;
    const { title, singer, cover } = current.track;
    const open = () => void this.apps.open({ ...current.app.options.target, path: undefined, query: {} });
    return html`<div class="mark" role="region" aria-label=${text('player.label')}>
      <button class="track" aria-label=${text('player.open', { name: title })} @click=${open}>
        ${cover === '' ? html`<span class="cover">${icon('music')}</span>` : html`<img class="cover" src=${cover} alt="" />`}
        <span class="words"><span>${title}</span><span class="muted">${singer}</span></span>
      </button>
      <button class="control" aria-label=${text(playing ? 'player.pause' : 'player.play')} @click=${() => nowPlaying.toggle()}>
        ${icon(playing ? 'pause' : 'play')}
      </button>
      <button class="control" aria-label=${text('player.stop')} @click=${() => current.player.stop()}>${icon('cross')}</button>
    </div>`;
  }
}
