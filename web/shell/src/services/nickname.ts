/**
 * `input` of type `nickname`: while the user is in the field, the shell offers their own name beside the keyboard. It
 * stands in the shell's document, so that neither the app nor its page's frame learns of it before the user takes it.
 */
import type { MiniApp } from '../miniapp/mini-app';
import type { Page } from '../miniapp/page';
import { Observable } from '../observable';
import { me } from '../platform/client';
import type { Service } from './index';

export interface Nickname {
  name: string;
  /** The page that the field is on. */
  page: Page;
  /** Gives it to the field. */
  choose(): Promise<void>;
}

/** How long the offer stays after the field lost the focus: the tap on the offer itself may take it. */
const lingering = 300;

/** The offer of one app, at most one: the field that has the focus. */
export class NicknameOffer extends Observable {
  nickname: Nickname | undefined;
  /** Page and node that it is for, while the name is still fetched too. */
  #for: { page: Page; node: number } | undefined;

  async make(app: MiniApp, page: Page, node: number, given: (name: string) => void): Promise<void> {
    const asked = { page, node };
    this.#for = asked;
    const question = { api: 'input.nickname', category: 'profile' };
    // What the app may not have at all is not offered; the field is one like others.
    if (app.permission.judge(question).decision === 'refused') return;
    const { name } = await me();
    if (this.#for !== asked || name === '') return;
    const choose = async () => {
      this.#for = undefined;
      this.#show(undefined);
      await app.permission.require(question);
      given(name);
    };
    this.#show({ name, page, choose });
  }

  withdraw(page: Page, node: number): void {
    if (this.#for?.page !== page || this.#for.node !== node) return;
    this.#for = undefined;
    setTimeout(() => {
      if (this.#for === undefined) this.#show(undefined);
    }, lingering);
  }

  #show(nickname: Nickname | undefined): void {
    this.nickname = nickname;
    this.changed();
  }
}

const offers = new WeakMap<MiniApp, NicknameOffer>();

export function nicknameOfferOf(app: MiniApp): NicknameOffer {
  const known = offers.get(app);
  if (known !== undefined) return known;
  const made = new NicknameOffer();
  offers.set(app, made);
  return made;
}

export const nicknameServices: Record<string, Service> = {
  'nickname.offer': async ({ app, page, node, tell }) => {
    // Only where the user is: a page behind has no field in use.
    if (app.stack.current !== page) return;
    await nicknameOfferOf(app)
      .make(app, page, node, (name) => tell('nickname', { name }))
      .catch(() => undefined);
  },
  'nickname.withdraw': ({ app, page, node }) => nicknameOfferOf(app).withdraw(page, node),
};
