/** WeChat's older audio APIs, on top of the newer ones: voices, `startRecord`, background audio by calls. */
import type { ApiContext, EventImplementation, Implementations } from '../context';
import { type Arguments, fail, type Settle, succeed } from '../outcome';
import type { BackgroundAudioManager, BackgroundEvents } from './background';
import { InnerAudioContext } from './inner';

/** Milliseconds that `startRecord` records at most. */
const longestVoice = 60_000;

export function voiceApis(context: ApiContext): Pick<Implementations, 'calls'> {
  const { bridge } = context;
  let recording: number | undefined;
  let voice: { audio: InnerAudioContext; path: string; settle: Settle; timer: number | undefined } | undefined;
  const end = (finish: (settle: Settle) => void) => {
    const ended = voice;
    voice = undefined;
    if (ended === undefined) return;
    if (ended.timer !== undefined) context.host.clearTimer(ended.timer);
    ended.audio.destroy();
    finish(ended.settle);
  };
  return {
    calls: {
      startRecord(_args, settle) {
        if (recording !== undefined) {
          settle(fail('startRecord', "audio is recording, don't start record again"));
          return;
        }
        const task = bridge.call('openRecorder', { format: 'aac', duration: longestVoice }, 0, (result) => {
          if (recording === task) recording = undefined;
          if (result.ok) settle(succeed({ tempFilePath: result.value.tempFilePath }));
          else settle({ ok: false, failure: { ...result.failure, errMsg: renamed(result.failure.errMsg) } });
        });
        recording = task;
      },
      stopRecord(_args, settle) {
        if (recording === undefined) settle(fail('stopRecord', 'recorder not start'));
        else {
          bridge.messageTask(recording, 'recorder.stop', {});
          settle(succeed());
        }
      },
      /** Ends when the voice does; another call for the same file after `pauseVoice` goes on with it. */
      playVoice(args, settle) {
        const path = String(args.filePath);
        if (voice?.path === path) {
          const before = voice.settle;
          voice.settle = settle;
          before(succeed());
          voice.audio.play();
          return;
        }
        end((before) => before(succeed()));
        const audio = new InnerAudioContext(context);
        const seconds = Number(args.duration ?? 60);
        const timer = context.host.setTimer(() => end((last) => last(succeed())), seconds * 1000);
        voice = { audio, path, settle, timer };
        audio.onEnded(() => end((last) => last(succeed())));
        audio.onError((failure: unknown) => {
          const { errMsg } = (failure ?? {}) as { errMsg?: string };
          end((last) => last(fail('playVoice', errMsg ?? 'the voice can not be played')));
        });
        audio.src = path;
        audio.play();
      },
      pauseVoice(_args, settle) {
        voice?.audio.pause();
        settle(succeed());
      },
      stopVoice(_args, settle) {
        end((last) => last(succeed()));
        settle(succeed());
      },
    },
  };
}

function renamed(errMsg: string): string {
  return errMsg.replace('openRecorder', 'startRecord');
}

type Events = 'play' | 'pause' | 'stop';

/** `also` hears what the manager's sound does, for the events of the namespace. */
export function backgroundApis(manager: () => BackgroundAudioManager): Pick<Implementations, 'calls' | 'events'> & {
  also: BackgroundEvents;
} {
  const listeners: Record<Events, Set<(detail: unknown) => void>> = {
    play: new Set(),
    pause: new Set(),
    stop: new Set(),
  };
  const event = (name: Events): EventImplementation => ({
    on: (listener) => void listeners[name].add(listener),
    off: (listener) => {
      if (listener === undefined) listeners[name].clear();
      else listeners[name].delete(listener);
    },
  });
  const ordered =
    (order: (audio: BackgroundAudioManager, args: Arguments) => void) => (args: Arguments, settle: Settle) => {
      order(manager(), args);
      settle(succeed());
    };
  return {
    also: (name) => {
      if (name === 'play' || name === 'pause' || name === 'stop') for (const listener of listeners[name]) listener({});
    },
    calls: {
      playBackgroundAudio: ordered((audio, { dataUrl, title, coverImgUrl }) => {
        // Here, unlike in the manager, a title was never asked for.
        audio.title = title ?? (audio.title || String(dataUrl));
        if (coverImgUrl !== undefined) audio.coverImgUrl = coverImgUrl;
        if (audio.src === dataUrl && audio.paused === true) audio.play();
        else audio.src = dataUrl;
      }),
      pauseBackgroundAudio: ordered((audio) => audio.pause()),
      stopBackgroundAudio: ordered((audio) => audio.stop()),
      seekBackgroundAudio: ordered((audio, { position }) => audio.seek(position)),
      getBackgroundAudioPlayerState(_args, settle) {
        const audio = manager();
        const { duration = 0, currentTime = 0, buffered = 0, paused } = audio;
        if (paused === undefined) {
          settle(succeed({ status: 2 }));
          return;
        }
        const downloadPercent = duration > 0 ? Math.min(100, Math.round((buffered / duration) * 100)) : 0;
        const times = { duration, currentPosition: currentTime, downloadPercent, dataUrl: audio.src };
        settle(succeed({ status: paused ? 0 : 1, ...times }));
      },
    },
    events: {
      onBackgroundAudioPlay: event('play'),
      onBackgroundAudioPause: event('pause'),
      onBackgroundAudioStop: event('stop'),
    },
  };
}
