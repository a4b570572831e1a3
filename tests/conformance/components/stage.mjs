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
  tab;

  constructor(context, development, folder) {
    this.#context = context;
    this.#development = development;
    this.#folder = folder;
  }

  /** Shows a form: opens its page if another is open, or afresh where the form has a page of its own. */
  async show(form, alone, afresh = false) {
    if (this.#path !== form.path || alone || afresh || this.#left) await this.#open(form.path);
    this.#left = afresh;
    if (this.#touching) await this.touch('touchEnd', []);
    if (alone) return;
    await this.say('none', '@shown none');
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
    this.#heard = this.#development.events.length;
    const address = new URL(String(this.#development.ready.url));
    address.searchParams.set('path', path);
    await this.tab.goto(address.href, { waitUntil: 'domcontentloaded' });
    await this.#until(this.#heard, '@loaded');
    await this.#findFrame();
    this.#path = path;
  }

  async #findFrame() {
    const deadline = Date.now() + 5000;
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
    const deadline = Date.now() + 8000;
    while (Date.now() < deadline) {
      if (this.#development.events.slice(from).some((each) => each.event === 'console' && each.text === text)) return;
      await new Promise((done) => setTimeout(done, 15));
    }
    const failure = this.#development.events.slice(from).find((each) => each.event === 'error');
    throw new Error(failure ? String(failure.message) : `the fixture never said ${text}`);
  }
}
