/** Words of the map. */
import type { ViewContext } from '../../view/context';

const en = {
  map: 'Map',
  compass: 'Turn the map to the north',
  failed: 'The map could not be shown',
  metres: 'm',
  kilometres: 'km',
};

const zh: typeof en = {
  map: '地图',
  compass: '将地图转回正北',
  failed: '地图无法显示',
  metres: '米',
  kilometres: '公里',
};

export function mapTexts(context: ViewContext): typeof en {
  return context.locale.toLowerCase().startsWith('zh') ? zh : en;
}
