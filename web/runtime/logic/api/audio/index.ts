/** Sounds: played and recorded by the shell, ordered from here. */
import type { ApiContext, Implementations } from '../context';
import { WebAudioContext } from '../web-audio/context';
import { BackgroundAudioManager } from './background';
import { InnerAudioContext } from './inner';
import { backgroundApis, voiceApis } from './older';
import { RecorderManager } from './recorder';

export function audioApis(context: ApiContext): Pick<Implementations, 'calls' | 'syncs' | 'events'> {
  let manager: BackgroundAudioManager | undefined;
  let recorder: RecorderManager | undefined;
  const background = () => {
    manager ??= new BackgroundAudioManager(context, older.also);
    return manager;
  };
  const older = backgroundApis(background);
  return {
    calls: { ...voiceApis(context).calls, ...older.calls },
    events: older.events,
    syncs: {
      createInnerAudioContext: () => new InnerAudioContext(context),
      createWebAudioContext: () => new WebAudioContext(context),
      getBackgroundAudioManager: background,
      getRecorderManager: () => {
        recorder ??= new RecorderManager(context);
        return recorder;
      },
    },
  };
}
