/** What a run found, as the committed figures, and the comparison with what was committed. */

/** Each case says which of the `names` of groups it is counted in. */
export function figuresOf(cases, results, names) {
  const groups = Object.fromEntries(names.map((name) => [name, counter()]));
  const passed = Object.fromEntries(names.map((name) => [name, []]));
  const failing = {};
  const skipped = {};
  for (const each of cases) {
    const { group } = each;
    const result = results.get(each.name) ?? { problems: ['did not run'] };
    groups[group].all += 1;
    if (result.skipped !== undefined) {
      groups[group].skipped += 1;
      skipped[each.name] = result.skipped;
    } else if (result.problems.length === 0) {
      groups[group].passed += 1;
      passed[group].push(each.name);
    } else failing[each.name] = result.problems;
  }
  const sorted = (record) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    note: 'Written by `cargo xtask conformance`. A change that takes a name out of `passed` loses ground.',
    figures: groups,
    failing: sorted(failing),
    skipped: sorted(skipped),
    passed: Object.fromEntries(Object.entries(passed).map(([group, names]) => [group, lines(names.sort())])),
  };
}

const counter = () => ({ all: 0, passed: 0, skipped: 0 });

/** Names in lines of a readable length, so that a change shows as a few lines. */
function lines(names) {
  const out = [];
  for (const name of names) {
    const last = out.at(-1);
    if (last !== undefined && last.length + name.length < 110) out[out.length - 1] = `${last} ${name}`;
    else out.push(name);
  }
  return out;
}

const namesIn = (figures) => new Set(Object.values(figures?.passed ?? {}).flatMap((all) => all.join(' ').split(' ')));

/** `partial`: only some cases ran, so that what did not run is not lost. */
export function compare(before, now, partial) {
  const [old, current] = [namesIn(before), namesIn(now)];
  const lost = [...old].filter((name) => name !== '' && !current.has(name) && (!partial || now.failing[name] !== undefined));
  const gained = [...current].filter((name) => name !== '' && !old.has(name));
  const text = ['\n'];
  for (const [group, { all, passed, skipped }] of Object.entries(now.figures)) {
    text.push(`${group}: ${passed} of ${all} as described${skipped > 0 ? `, ${skipped} not run` : ''}\n`);
  }
  for (const [name, problems] of Object.entries(now.failing)) text.push(`  ${name}: ${problems.join('; ')}\n`);
  if (before !== undefined) text.push(`gained ${gained.length}, lost ${lost.length}${lost.length > 0 ? `: ${lost.join(', ')}` : ''}\n`);
  return { lost: lost.length, text: text.join('') };
}
