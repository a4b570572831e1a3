/** 图片、声音和文件。 */
import type { mediaEn } from './en';

export const mediaZh: Record<keyof typeof mediaEn, string> = {
  'pick.picture': '从相册选择',
  'pick.video': '从相册选择视频',
  'pick.media': '从相册选择',
  'pick.file': '选择文件',
  'pick.camera.picture': '拍照',
  'pick.camera.video': '拍摄',
  'pick.camera.media': '拍摄',
  'pick.camera.file': '拍摄',

  'camera.take': '拍照',
  'camera.record': '开始录制',
  'camera.stop': '停止并使用',
  'camera.none': '没有可用的摄像头。请检查是否已连接，以及浏览器是否有权使用。',

  'viewer.label': '预览',
  'viewer.item': '第 {index} 张，共 {count} 张',
  'viewer.previous': '上一张',
  'viewer.next': '下一张',
  'viewer.close': '关闭预览',
  'viewer.save': '保存到本机',
  'viewer.failed': '无法显示。{reason}',

  'crop.title': '裁剪图片',
  'crop.done': '完成',
  'crop.turn': '旋转',
  'crop.area': '裁剪区域：方向键移动，加减号缩放',

  'player.label': '正在后台播放',
  'player.play': '播放',
  'player.pause': '暂停',
  'player.stop': '停止',
  'player.open': '打开{name}',
};
