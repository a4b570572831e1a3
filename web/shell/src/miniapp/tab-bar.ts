/** State of an app's tab bar: what the configuration says, and what the app changed since. */
import type { TabBarConfig } from '../../../runtime/protocol';
import { Observable } from '../observable';

export interface TabItem {
  pagePath: string;
  text: string;
  iconPath: string | undefined;
  selectedIconPath: string | undefined;
  badge: string | undefined;
  dot: boolean;
}

export class TabBar extends Observable {
  items: TabItem[];
  visible = true;
  colour: string | undefined;
  selectedColour: string | undefined;
  background: string | undefined;
  borderStyle: string | undefined;
  readonly position: 'top' | 'bottom';
  /** Drawn by the app itself. */
  readonly custom: boolean;

  constructor(config: TabBarConfig) {
    super();
    this.position = config.position === 'top' ? 'top' : 'bottom';
    this.custom = config.custom;
    this.items = config.list.map((item) => ({
      pagePath: item.pagePath,
      text: item.text,
      iconPath: item.iconPath,
      selectedIconPath: item.selectedIconPath,
      badge: undefined,
      dot: false,
    }));
    this.colour = config.color;
    this.selectedColour = config.selectedColor;
    this.background = config.backgroundColor;
    this.borderStyle = config.borderStyle;
  }

  indexOf(path: string): number {
    return this.items.findIndex((item) => item.pagePath === path);
  }

  /** Applies the settings of another colour scheme; what the app changed by call is replaced with them. */
  restyle(config: TabBarConfig): void {
    this.colour = config.color;
    this.selectedColour = config.selectedColor;
    this.background = config.backgroundColor;
    this.borderStyle = config.borderStyle;
    this.items = this.items.map((item, index) => ({
      ...item,
      iconPath: config.list[index]?.iconPath ?? item.iconPath,
      selectedIconPath: config.list[index]?.selectedIconPath ?? item.selectedIconPath,
    }));
    this.changed();
  }

  update(index: number, change: Partial<TabItem>): void {
    this.items = this.items.map((item, at) => (at === index ? { ...item, ...change } : item));
    this.changed();
  }
}
