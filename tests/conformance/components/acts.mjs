/** What is done to a case: `tap`, `tap:SELECTOR`, `drag:DX,DY[,MS][:SELECTOR]`, `type:TEXT`, … as a person with a finger does. */

const verbs = {
  async tap(stage, selector) {
    await (await target(stage, selector)).tap({ force: true, timeout: 3000 });
  },
  async longpress(stage, selector) {
    const { x, y } = await centre(stage, selector);
    await finger(stage, 'touchStart', x, y);
    await stage.tab.waitForTimeout(500);
    await finger(stage, 'touchEnd');
  },
  /** Touches, and lets go only at the next act `release`. */
  async hold(stage, selector) {
    const { x, y } = await centre(stage, selector);
    await finger(stage, 'touchStart', x, y);
    await stage.tab.waitForTimeout(120);
  },
  async release(stage) {
    await finger(stage, 'touchEnd');
  },
  async drag(stage, rest) {
    const [numbers, selector] = split(rest);
    const [dx, dy, time = 160] = numbers.split(',').map(Number);
    const from = await centre(stage, selector);
    await finger(stage, 'touchStart', from.x, from.y);
    const steps = 8;
    for (let step = 1; step <= steps; step += 1) {
      await finger(stage, 'touchMove', from.x + (dx * step) / steps, from.y + (dy * step) / steps);
      await stage.tab.waitForTimeout(time / steps);
    }
    // A slow finger rests before it lets go, so that nothing is thrown: it stays where it is for more moves than a
    // throw is measured by.
    for (let rest = 0; time >= 400 && rest < 12; rest += 1) {
      await finger(stage, 'touchMove', from.x + dx + (rest % 2), from.y + dy + (rest % 2));
      await stage.tab.waitForTimeout(20);
    }
    await finger(stage, 'touchEnd');
  },
  /** Two fingers move apart (more than 1) or together. */
  async pinch(stage, rest) {
    const [factor, selector] = split(rest);
    const { x, y } = await centre(stage, selector);
    const two = (gap) => [{ x: x - gap, y, id: 1 }, { x: x + gap, y, id: 2 }];
    await stage.touch('touchStart', two(20));
    for (let step = 1; step <= 6; step += 1) {
      await stage.touch('touchMove', two(20 * (1 + ((Number(factor) - 1) * step) / 6)));
      await stage.tab.waitForTimeout(20);
    }
    await stage.touch('touchEnd', []);
  },
  /** Two fingers turn by degrees, or go up together where the map tilts. */
  async turn(stage, rest) {
    const [degrees, selector] = split(rest);
    const { x, y } = await centre(stage, selector);
    const two = (angle) => [0, Math.PI].map((half, id) => ({ x: x + 60 * Math.cos(angle + half), y: y + 60 * Math.sin(angle + half), id }));
    await fingers(stage, (part) => two((Number(degrees) * part * Math.PI) / 180));
  },
  async tilt(stage, rest) {
    const [distance, selector] = split(rest);
    const { x, y } = await centre(stage, selector);
    await fingers(stage, (part) => [-30, 30].map((aside, id) => ({ x: x + aside, y: y + Number(distance) * part, id })));
  },
  async doubletap(stage, selector) {
    const { x, y } = await centre(stage, selector);
    for (let tap = 0; tap < 2; tap += 1) {
      await finger(stage, 'touchStart', x, y);
      await finger(stage, 'touchEnd');
      await stage.tab.waitForTimeout(60);
    }
  },
  /** Goes down or up and stays: the case is looked at with the finger on it. */
  async pull(stage, rest) {
    const [distance, selector] = split(rest);
    const { x, y } = await centre(stage, selector);
    await finger(stage, 'touchStart', x, y);
    for (let step = 1; step <= 8; step += 1) {
      await finger(stage, 'touchMove', x, y + (Number(distance) * step) / 8);
      await stage.tab.waitForTimeout(20);
    }
  },
  /** A finger that presses hard, from 0 to 1. */
  async force(stage, rest) {
    const [force, selector] = split(rest);
    const { x, y } = await centre(stage, selector);
    await stage.touch('touchStart', [{ x, y, id: 1, force: 0.1 }]);
    await stage.touch('touchMove', [{ x: x + 1, y, id: 1, force: Number(force) }]);
    await stage.tab.waitForTimeout(120);
    await stage.touch('touchEnd', []);
  },
  /** The browser takes the touch for something of its own. */
  async cancel(stage, selector) {
    const { x, y } = await centre(stage, selector);
    await finger(stage, 'touchStart', x, y);
    await stage.touch('touchCancel', []);
  },
  /** As an input method does: syllables first, then the word that they stand for. */
  async compose(stage, text) {
    for (const part of ['n', 'ni']) {
      await stage.send('Input.imeSetComposition', { text: part, selectionStart: part.length, selectionEnd: part.length });
      await stage.tab.waitForTimeout(30);
    }
    await stage.send('Input.insertText', { text });
  },
  /** What the page does by an API, by its name in page.js. */
  async do(stage, name) {
    await stage.say(`@${name}`, `@did ${name}`);
  },
  async type(stage, text) {
    await stage.tab.keyboard.type(text, { delay: 10 });
  },
  async press(stage, key) {
    await stage.tab.keyboard.press(key);
  },
  async wheel(stage, rest) {
    const [numbers, selector] = split(rest);
    const [dx, dy] = numbers.split(',').map(Number);
    const { x, y } = await centre(stage, selector);
    await stage.tab.mouse.move(x, y);
    await stage.tab.mouse.wheel(dx, dy);
    await stage.tab.waitForTimeout(200);
  },
  /** Only where a time is what the case is about; what is awaited has acts of its own. */
  async wait(stage, time) {
    await stage.wait(Number(time));
  },
  /** The page that came to the front is looked at and touched from now on. */
  async front(stage) {
    await stage.toFront();
  },
  /** Until the shell moves a page for longer than anything of its own takes. */
  async moving(stage) {
    await stage.tab.waitForFunction(() => {
      const roots = [document];
      for (const root of roots) roots.push(...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot === null ? [] : [shadowRoot])));
      return roots.some((root) => root.getAnimations().some((each) => each.effect.getTiming().duration >= 4000));
    }, undefined, { timeout: 6000 * stage.pace });
  },
  /** Until it can be seen in the page. */
  async until(stage, selector) {
    await (await stage.shown()).locator(selector).filter({ visible: true }).first().waitFor({ timeout: 5000 * stage.pace });
  },
  /** Until nothing moves by a transition or an animation that has an end. */
  async still(stage) {
    await (await stage.shown()).waitForFunction(() => document.getAnimations().every((each) => {
      const { endTime, activeDuration } = each.effect?.getComputedTiming() ?? {};
      return each.playState === 'finished' || endTime === Infinity || activeDuration === 0;
    }), undefined, { timeout: 5000 * stage.pace });
  },
  /** Until the app was told of it. */
  async event(stage, type) {
    await stage.told(type);
  },
  /** The keyboard of the telephone comes so high, or goes (0). */
  async keyboard(stage, pixels) {
    await stage.tab.evaluate((height) => globalThis.__device.raise(height), Number(pixels));
    await stage.wait(100);
  },
  /** What opens the browser's menu; noted is whether the page let it. */
  async menu(stage, selector) {
    const { x, y } = await centre(stage, selector);
    await stage.frame().evaluate(() => addEventListener('contextmenu', (event) => {
      globalThis.__device.asked.push(`menu ${event.defaultPrevented ? 'kept away' : 'let'}`);
    }, { once: true }));
    await stage.tab.mouse.click(x, y, { button: 'right' });
    await stage.wait(100);
  },
  /** The camera is refused by the browser from now on. */
  async refuse(stage, what) {
    for (const frame of stage.tab.frames()) await frame.evaluate((name) => globalThis.__device.refused.push(name), what).catch(() => undefined);
  },
  /** Data of the app. */
  async set(stage, text) {
    await stage.say(text, '@set');
  },
  /** Something in the shell, around the app. */
  async shell(stage, selector) {
    await stage.tab.locator(selector).first().click({ timeout: 3000 });
  },
  /** Twice in a row. */
  async twice(stage, selector) {
    await stage.tab.locator(selector).filter({ visible: true }).first().dblclick({ timeout: 3000, position: { x: 150, y: 20 } });
  },
  async resize(stage, rest) {
    const [width, height] = rest.split(',').map(Number);
    await stage.tab.setViewportSize({ width, height });
    await stage.tab.waitForTimeout(200);
  },
  async scroll(stage, top) {
    await stage.frame().evaluate((to) => (document.querySelector('mz-page') ?? document.scrollingElement).scrollTo(0, to), Number(top));
    await stage.tab.waitForTimeout(150);
  },
};

export async function carryOut(stage, acts) {
  for (const act of acts) {
    const [verb, ...rest] = act.split(':');
    const carry = verbs[verb];
    if (carry === undefined) throw new Error(`no act is called ${verb}; there are ${Object.keys(verbs).join(', ')}`);
    await carry(stage, rest.join(':'));
  }
}

const split = (rest) => {
  const place = rest.indexOf(':');
  return place < 0 ? [rest, ''] : [rest.slice(0, place), rest.slice(place + 1)];
};

async function target(stage, selector) {
  return stage.frame().locator(selector || '[id$="subject"]').first();
}

async function centre(stage, selector) {
  const box = await (await target(stage, selector)).boundingBox({ timeout: 3000 });
  if (box === null) throw new Error(`${selector || 'the component'} has no box to touch`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function fingers(stage, places) {
  await stage.touch('touchStart', places(0));
  for (let step = 1; step <= 8; step += 1) {
    await stage.touch('touchMove', places(step / 8));
    await stage.tab.waitForTimeout(20);
  }
  await stage.touch('touchEnd', []);
}

function finger(stage, type, x, y) {
  return stage.touch(type, type === 'touchEnd' ? [] : [{ x, y, id: 1 }]);
}
