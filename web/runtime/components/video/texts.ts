/** Words of the media controls. */
import type { ViewContext } from '../../view/context';

const en = {
  play: 'Play',
  pause: 'Pause',
  progress: 'Progress',
  fullscreen: 'Full screen',
  leaveFullscreen: 'Leave full screen',
  mute: 'Mute',
  unmute: 'Sound on',
  danmu: 'Comments over the picture',
  small: 'Picture in picture',
  cast: 'Play on another screen',
  lock: 'Lock the controls',
  unlock: 'Unlock the controls',
  background: 'Play on in the background',
  again: 'Try again',
  failed: 'The video could not be played',
  video: 'Video',
};

export type MediaTexts = typeof en;

const zh: MediaTexts = {
  play: '播放',
  pause: '暂停',
  progress: '进度',
  fullscreen: '全屏',
  leaveFullscreen: '退出全屏',
  mute: '静音',
  unmute: '打开声音',
  danmu: '弹幕',
  small: '小窗播放',
  cast: '投屏',
  lock: '锁定屏幕',
  unlock: '解锁屏幕',
  background: '后台播放',
  again: '重试',
  failed: '视频无法播放',
  video: '视频',
};

export function mediaTexts(context: ViewContext): MediaTexts {
  return context.locale.toLowerCase().startsWith('zh') ? zh : en;
}
