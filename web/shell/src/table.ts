/** What the user keeps on the table: recent and favourite mini apps, by user, on this device. */
import { array, type InferOutput, safeParse } from 'valibot';
import { get, put } from './device/database';
import { Observable } from './observable';
import { dishSchema } from './session';

export type Dish = InferOutput<typeof dishSchema>;

const mostRecents = 12;

export class Table extends Observable {
  recents: Dish[] = [];
  favourites: Dish[] = [];
  /** What stays on the device whole, however little room there is. */
  offline: Dish[] = [];
  #user = '';

  async load(user: string): Promise<void> {
    this.#user = user;
    const names = ['recents', 'favourites', 'offline'];
    const [recents = [], favourites = [], offline = []] = await Promise.all(names.map((name) => this.#read(name)));
    Object.assign(this, { recents, favourites, offline });
    this.changed();
  }

  isFavourite(appId: string): boolean {
    return this.favourites.some((dish) => dish.app_id === appId);
  }

  async opened(dish: Dish): Promise<void> {
    this.recents = [dish, ...this.recents.filter((one) => one.app_id !== dish.app_id)].slice(0, mostRecents);
    this.changed();
    await this.#write('recents', this.recents);
  }

  async toggleFavourite(dish: Dish): Promise<void> {
    const others = this.favourites.filter((one) => one.app_id !== dish.app_id);
    this.favourites = others.length < this.favourites.length ? others : [...others, dish];
    this.changed();
    await this.#write('favourites', this.favourites);
  }

  isKeptOffline(appId: string): boolean {
    return this.offline.some((dish) => dish.app_id === appId);
  }

  async toggleOffline(dish: Dish): Promise<void> {
    const others = this.offline.filter((one) => one.app_id !== dish.app_id);
    this.offline = others.length < this.offline.length ? others : [...others, dish];
    this.changed();
    await this.#write('offline', this.offline);
  }

  async #read(name: string): Promise<Dish[]> {
    const kept = safeParse(array(dishSchema), await get('home', `${this.#user}:${name}`).catch(() => undefined));
    return kept.success ? kept.output : [];
  }

  async #write(name: string, dishes: Dish[]): Promise<void> {
    if (this.#user !== '') await put('home', `${this.#user}:${name}`, dishes).catch(() => undefined);
  }
}
