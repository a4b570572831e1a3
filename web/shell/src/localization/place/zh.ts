/** 全屏地图页的文字。 */
import type { placeEn } from './en';

export const placeZh: Record<keyof typeof placeEn, string> = {
  'place.choose': '选择位置',
  'place.show': '位置',
  'place.cancel': '取消',
  'place.done': '使用此位置',
  'place.name': '位置名称',
  'place.unnamed': '标记的位置',
  'place.here': '回到我的位置',
  'place.not-found': '此设备未提供位置。',
  'place.move': '移动地图,使图钉对准位置。',
  'place.outside': '用地图应用打开',
  'place.copy': '复制坐标',
  'place.copied': '已复制',
  'place.failed': '地图无法显示。',
  'place.map': '地图',
};
