/** The fixture in a browser tab: opens its pages, shows a form of a case, hears what the app tells on its console. */
import { makeAnswers } from '../apis/answers.mjs';

export class Stage {
  #context;
  #development;
  #folder;
  #path;
  #touches;
  #answers;
  #heard = 0;
  #bare = 0;
  #case;
  tab;
  /** What was seen of forms that several cases compare with. */
  looks = new WeakMap();

  /** `pace`: how many times as long as usual everything may take, for a machine that has much else to do. */
  constructor(context, development, folder, pace = 1) {
    this.#context = context;
    this.#development = development;
    this.#folder = folder;
    this.pace = pace;
  }

  /** The next forms are of this case, which may want the shell's questions answered otherwise. */
  begin(each) {
    this.#case = each;
    this.#answers?.begin(each);
  }

  wait(milliseconds) {
    return this.tab.waitForTimeout(milliseconds * this.pace);
  }

  /** Shows a form: opens its page if another is open, or afresh where the form has a page of its own. */
  async show(form, alone, afresh = false) {
    if (this.#path !== form.path || alone || afresh || this.#left) await this.#open(form.path);
    this.#left = afresh;
    if (this.#touching) await this.touch('touchEnd', []);
    if (alone) return;
    await this.say('none', '@shown none');
    await this.#cleared();
    await Promise.all(this.tab.frames().map((frame) => frame.evaluate(() => {
      globalThis.__device.asked.splice(0);
      if (globalThis.__device.keyboard > 0) globalThis.__device.raise(0);
    }).catch(() => undefined)));
    this.#heard = this.#development.events.length;
    await this.say(String(form.number), `@shown ${form.number}`);
  }

  /** The same, or the page that came in its place. */
  async shown() {
    if (this.#found.every((frame) => frame.isDetached())) await this.#findFrame();
    return this.frame();
  }

  /** Writes into the page's field and waits until the app says what it was told to say. */
  async say(text, answer) {
    const from = this.#development.events.length;
    // The way of a script rather than of a hand: what lies over the field is no matter, and no focus moves.
    await this.frame().locator('#control input').evaluate((field, value) => {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.value = '';
    }, text, { timeout: 3000 });
    await this.#until(from, answer);
    await this.tab.waitForTimeout(60);
  }

  /** What the last form opened above the page (a sheet that still slides away) is gone, or the page is opened afresh. */
  async #cleared() {
    const deadline = Date.now() + 3000 * this.pace;
    while (Date.now() < deadline) {
      if ((await this.frame().evaluate(() => document.body.childElementCount)) <= this.#bare) return;
      await this.tab.waitForTimeout(30);
    }
    await this.#open(this.#path);
  }

  /** The page in front is another: its frame takes the place of the one that was found first. */
  async toFront() {
    const before = this.frame();
    const deadline = Date.now() + 6000 * this.pace;
    while (Date.now() < deadline) {
      for (const frame of this.tab.frames().slice(1)) {
        if (frame === before) continue;
        const drawn = await frame.evaluate(() => document.querySelector('mz-page')?.childElementCount ?? 0).catch(() => 0);
        if (drawn === 0 || !(await (await frame.frameElement()).isVisible())) continue;
        if (await (await before.frameElement()).isVisible()) continue;
        this.#found = [frame];
        return;
      }
      await this.tab.waitForTimeout(40);
    }
    throw new Error('no other page came to the front');
  }

  /** Until the app has been told all that happened in the page so far, and the page shows what came of it. */
  async heard() {
    const frame = await this.shown();
    if ((await frame.locator('#control input').count()) > 0) await this.say('?', '@heard').catch(() => undefined);
    // A frame that went out of sight has no frames to wait for.
    await frame.evaluate(() => new Promise((done) => {
      setTimeout(done, 400);
      requestAnimationFrame(() => requestAnimationFrame(done));
    })).catch(() => undefined);
  }

  /** Until an event came. */
  async told(type) {
    const deadline = Date.now() + 6000 * this.pace;
    while (!this.events.some((event) => event.type === type)) {
      if (Date.now() > deadline) throw new Error(`the event ${type} never came`);
      await this.tab.waitForTimeout(20);
    }
  }

  /** What was asked of the device, by the shell and the page. */
  async asked() {
    const lists = await Promise.all(this.tab.frames().map((frame) => frame.evaluate(() => globalThis.__device.asked).catch(() => [])));
    return lists.flat();
  }

  /** What was heard of the app since the form was shown. */
  get #told() {
    return this.#development.events.slice(this.#heard);
  }

  get events() {
    return this.#told
      .filter((each) => each.event === 'console' && String(each.text).startsWith('@event '))
      .map((each) => JSON.parse(each.text.slice(7)));
  }

  get errors() {
    return this.#told.filter((each) => each.event === 'error').map((each) => String(each.message));
  }

  /** The frame of the page that shows. */
  frame() {
    const frames = this.#found.filter((frame) => !frame.isDetached());
    if (frames.length === 0) throw new Error('no page is open');
    return frames[0];
  }
  #found = [];

  /** What was done to the last form led away from its page. */
  #left = false;
  #touching = false;
  touch(type, points) {
    this.#touching = type !== 'touchEnd' && type !== 'touchCancel';
    return this.#touches.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  }

  /** A command of the browser's own, for what a page can't be made to do from outside. */
  send(method, parameters) {
    return this.#touches.send(method, parameters);
  }

  /** From now on nothing answers at these addresses; none stands for all of them again. */
  async refuse(pattern) {
    if (this.#refused !== undefined) await this.#context.unroute(this.#refused);
    this.#refused = pattern;
    if (pattern !== undefined) await this.#context.route(pattern, (route) => route.abort());
  }
  #refused;

  async close() {
    await this.#answers?.stop();
    await this.tab?.close();
    this.#path = undefined;
  }

  async #open(path) {
    await this.close();
    this.#touching = false;
    this.tab = await this.#context.newPage();
    this.#touches = await this.#context.newCDPSession(this.tab);
    this.#answers = makeAnswers(this.tab, this.#folder);
    this.#answers.begin(this.#case);
    this.#heard = this.#development.events.length;
    const address = new URL(String(this.#development.ready.url));
    address.searchParams.set('path', path);
    await this.tab.goto(address.href, { waitUntil: 'domcontentloaded' });
    await this.#until(this.#heard, '@loaded');
    await this.#findFrame();
    this.#bare = await this.frame().evaluate(() => document.body.childElementCount);
    this.#path = path;
  }

  async #findFrame() {
    const deadline = Date.now() + 5000 * this.pace;
    while (Date.now() < deadline) {
      for (const frame of this.tab.frames().slice(1)) {
        const drawn = await frame.evaluate(() => document.querySelector('mz-page')?.childElementCount ?? 0).catch(() => 0);
        if (drawn > 0) {
          this.#found = [frame];
          return;
        }
      }
      await this.tab.waitForTimeout(40);
    }
    throw new Error('the page drew nothing');
  }

  async #until(from, text) {
    const deadline = Date.now() + 8000 * this.pace;
    while (Date.now() < deadline) {
      if (this.#development.events.slice(from).some((each) => each.event === 'console' && each.text === text)) return;
      await new Promise((done) => setTimeout(done, 15));
    }
    const failure = this.#development.events.slice(from).find((each) => each.event === 'error');
    throw new Error(failure ? String(failure.message) : `the fixture never said ${text}`);
  }
}
