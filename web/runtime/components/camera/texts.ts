/** Words of the camera's faces. */
import type { ViewContext } from '../../view/context';

const en = {
  camera: 'Camera picture',
  opening: 'The camera opens',
  refused: 'This mini app may not use the camera. You can allow it in its settings.',
  absent: 'No camera could be opened',
};

const zh: typeof en = {
  camera: '相机画面',
  opening: '正在打开相机',
  refused: '未允许此小程序使用相机,可在小程序设置中允许',
  absent: '无法打开相机',
};

export function cameraTexts(context: ViewContext): typeof en {
  return context.locale.toLowerCase().startsWith('zh') ? zh : en;
}
