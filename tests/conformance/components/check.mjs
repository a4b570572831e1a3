/** Checks one case on the stage; gives a list of problems, empty where all is as described. */
import { carryOut } from './acts.mjs';
import { effects, observe } from './observe.mjs';

export async function checkCase(stage, each, explain) {
  try {
    stage.begin(each);
    return await checks[each.check](stage, each, explain);
  } catch (error) {
    // What the case left open may cover the page: the next one starts afresh.
    await stage.close();
    return [String(error?.message ?? error).split('\n')[0]];
  }
}

const checks = {
  async drawn(stage, each) {
    await stage.show(each.first, each.page);
    const subject = each.drawn === 'attached' || each.drawn === true ? '#subject' : each.drawn;
    if (each.drawn === false) return failures(stage);
    const found = stage.frame().locator(subject).first();
    await found.waitFor({ state: 'attached', timeout: 3000 });
    const box = await found.boundingBox();
    const empty = box === null || (box.width === 0 && box.height === 0);
    return [...failures(stage), ...(empty && each.drawn !== 'attached' ? ['it is drawn without a box'] : [])];
  },

  async role(stage, each) {
    await stage.show(each.first, each.page);
    const snapshot = await stage.frame().locator('mz-page').first().ariaSnapshot({ timeout: 3000 });
    const line = new RegExp(`- ${each.role}\\b${each.label === undefined ? '' : `.*${each.label}`}`);
    return line.test(snapshot) ? [] : [`assistive technology reads ${JSON.stringify(snapshot)} and no ${each.role} ${each.label ?? ''}`];
  },

  async effect(stage, each, explain) {
    const { first, again } = await compared(stage, each);
    await perform(stage, each, each.changed);
    const changed = await observe(stage, each);
    const found = effects(first, again, changed, each.margin);
    if (explain) process.stdout.write(`\n${each.name}: ${found.slice(0, 6).map((name) => `${name}: ${first[name]} -> ${changed[name]}`).join(' | ').slice(0, 600)}\n`);
    return [...failures(stage), ...(found.length === 0 ? ['it has no effect: all is as without it'] : [])];
  },

  async event(stage, each) {
    await perform(stage, each, each.changed);
    const deadline = Date.now() + 4000 * stage.pace;
    const come = () => stage.events.find((event) => event.type === each.event);
    while (come() === undefined && Date.now() < deadline) await stage.tab.waitForTimeout(30);
    const event = come();
    if (event === undefined) return [`it never comes; ${stage.events.map(({ type }) => type).join(', ') || 'nothing'} came`];
    const missing = each.detail.filter((name) => event.detail === null || typeof event.detail !== 'object' || !(name in event.detail));
    return [...failures(stage), ...(missing.length > 0 ? [`its detail ${JSON.stringify(event.detail)} has no ${missing.join(', ')}`] : [])];
  },

  async tolerated(stage, each) {
    await stage.show(each.changed, each.page);
    await stage.tab.waitForTimeout(50);
    return failures(stage);
  },
};

/** What is seen without the attribute, twice, to know what changes by itself; cases that compare with the same share it. */
async function compared(stage, each) {
  const shared = stage.looks.get(each.first) ?? new Map();
  stage.looks.set(each.first, shared);
  const { picture, settle, shell, refused, motion, device, order } = each;
  const act = each.plain ?? each.act;
  const key = JSON.stringify([act, picture, settle, shell, refused, motion, device, order]);
  if (!shared.has(key)) {
    const without = { ...each, act };
    await perform(stage, without, each.first);
    const first = await observe(stage, each);
    await perform(stage, without, each.first);
    shared.set(key, { first, again: await observe(stage, each) });
  }
  return shared.get(key);
}

async function perform(stage, each, form) {
  await stage.refuse(each.refused);
  await stage.show(form, each.page, each.afresh);
  await carryOut(stage, each.act);
  if (each.motion) return;
  await stage.wait(each.settle || (each.act.length > 0 ? 150 : 0));
  await stage.heard();
}

function failures(stage) {
  return stage.errors.slice(0, 2).map((message) => `the app failed: ${message}`);
}
