/**
 * The sound that plays in the background: one in the whole shell, shown by the mark over the table and by the device's
 * own controls (Media Session).
 */
import type { MiniApp } from '../miniapp/mini-app';
import { Observable } from '../observable';
import type { Player } from './player';

export interface Track {
  title: string;
  singer: string;
  album: string;
  /** Address that the shell may show; empty where there is no picture. */
  cover: string;
}

export interface Playing {
  app: MiniApp;
  player: Player;
  track: Track;
  /** The device's buttons for the next and the last track. */
  skip: (which: 'next' | 'prev') => void;
}

class NowPlaying extends Observable {
  current: Playing | undefined;
  /** Whether it sounds at the moment. */
  playing = false;

  /** A sound begins; the one of another app ends. */
  begin(playing: Playing): void {
    const before = this.current;
    if (before !== undefined && before.player !== playing.player) before.player.stop();
    if (before?.track.cover !== playing.track.cover) this.#forgetCover();
    this.current = playing;
    this.update(true);
    this.#announce();
  }

  update(playing: boolean): void {
    this.playing = playing;
    if ('mediaSession' in navigator) navigator.mediaSession.playbackState = playing ? 'playing' : 'paused';
    this.changed();
  }

  toggle(): void {
    if (this.playing) this.current?.player.pause();
    else void this.current?.player.play();
  }

  pauseAll(): void {
    this.current?.player.pause();
  }

  pause(app: MiniApp): void {
    if (this.current?.app === app) this.current.player.pause();
  }

  /** The sound ended, was stopped, or its app did. */
  release(app: MiniApp): void {
    if (this.current?.app !== app) return;
    this.#forgetCover();
    this.current = undefined;
    this.playing = false;
    if ('mediaSession' in navigator) {
      navigator.mediaSession.metadata = null;
      navigator.mediaSession.playbackState = 'none';
    }
    this.changed();
  }

  #forgetCover(): void {
    const cover = this.current?.track.cover ?? '';
    if (cover !== '') URL.revokeObjectURL(cover);
  }

  #announce(): void {
    const { current } = this;
    if (!('mediaSession' in navigator) || current === undefined) return;
    const { title, singer, album, cover } = current.track;
    const artwork = cover === '' ? [] : [{ src: cover }];
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist: singer, album, artwork });
    const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
      ['play', () => void this.current?.player.play()],
      ['pause', () => this.current?.player.pause()],
      ['stop', () => this.current?.player.stop()],
      ['nexttrack', () => this.current?.skip('next')],
      ['previoustrack', () => this.current?.skip('prev')],
      ['seekto', ({ seekTime }) => this.current?.player.seek(seekTime ?? 0)],
    ];
    for (const [action, handler] of handlers) {
      try {
        navigator.mediaSession.setActionHandler(action, handler);
      } catch {
        // An older browser knows fewer actions.
      }
    }
  }
}

export const nowPlaying = new NowPlaying();
