/** Lucide's pictures that the shell uses, as SVG text of the build. */

import type { TemplateResult } from 'lit';
import check from 'lucide-static/icons/check.svg?raw';
import chevronLeft from 'lucide-static/icons/chevron-left.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import bell from 'lucide-static/icons/circle-alert.svg?raw';
import keep from 'lucide-static/icons/cloud-download.svg?raw';
import offline from 'lucide-static/icons/cloud-off.svg?raw';
import flag from 'lucide-static/icons/flag.svg?raw';
import sharePage from 'lucide-static/icons/globe.svg?raw';
import home from 'lucide-static/icons/house.svg?raw';
import info from 'lucide-static/icons/info.svg?raw';
import language from 'lucide-static/icons/languages.svg?raw';
import link from 'lucide-static/icons/link.svg?raw';
import signOut from 'lucide-static/icons/log-out.svg?raw';
import music from 'lucide-static/icons/music.svg?raw';
import pause from 'lucide-static/icons/pause.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import refresh from 'lucide-static/icons/refresh-cw.svg?raw';
import search from 'lucide-static/icons/search.svg?raw';
import share from 'lucide-static/icons/share-2.svg?raw';
import shield from 'lucide-static/icons/shield-check.svg?raw';
import star from 'lucide-static/icons/star.svg?raw';
import starOff from 'lucide-static/icons/star-off.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import cross from 'lucide-static/icons/x.svg?raw';
import { picture } from '../../../common/icon';

const pictures = {
  alert: bell,
  check,
  chevronLeft,
  chevronRight,
  cross,
  flag,
  home,
  info,
  keep,
  language,
  link,
  music,
  offline,
  pause,
  play,
  refresh,
  search,
  share,
  sharePage,
  shield,
  signOut,
  star,
  starOff,
  trash,
};

export type IconName = keyof typeof pictures;

/** Decoration only: the control that holds it has a name. */
export function icon(name: IconName): TemplateResult {
  return picture(pictures[name]);
}
