/**
 * Makes the cases of the component fixture from the catalog: for each component one that it is drawn, one for each
 * attribute (each value, where the catalog lists them), each event and each role.
 *
 * Input: the catalog's components as JSON and the files in `cases/`, which say what the catalog can't: how a component
 * is written, what is done to it, and why a case can't be measured here.
 */

/** What `cases/` may say of a component, and of a case of it. */
const knownOfComponent = new Set(['markup', 'page', 'act', 'drawn', 'role', 'label', 'attributes', 'events', 'skip', 'note', 'json']);
const knownOfCase = new Set([
  'value', 'values', 'with', 'base', 'markup', 'act', 'detail', 'picture', 'skip', 'note', 'settle', 'event', 'data', 'shell', 'json', 'refused', 'afresh',
  'plain', 'bases', 'skips', 'margin', 'motion', 'device', 'order', 'answer',
]);

export function makeCases(components, given) {
  checkNames(components, given);
  return components.flatMap((component) => casesOf(component, given[component.tag] ?? {}));
}

function casesOf(component, told) {
  const { tag } = component;
  const all = { tag, markup: told.markup ?? `<${tag} $></${tag}>`, page: told.page ?? false, act: told.act ?? [], skip: told.skip, json: told.json ?? {} };
  const declared = component.web === 'declared';
  const cases = [{ ...all, name: tag, check: 'drawn', group: declared ? 'declared' : 'components', drawn: told.drawn ?? true }];
  if (told.role) cases.push({ ...all, name: `${tag}@role`, check: 'role', group: 'roles', role: told.role, label: told.label });
  for (const attribute of component.attributes) cases.push(...attributeCases(all, attribute, declared, told.attributes?.[attribute.name]));
  for (const event of component.events) cases.push(...eventCases(all, event, declared, told.events?.[event.name]));
  return cases;
}

function attributeCases(all, attribute, declared, given = {}) {
  const values = given.values ?? (given.value === undefined ? plausible(attribute) : [given.value]);
  const of = (detail) => `${all.tag}[${attribute.name}${detail}]`;
  const name = of('');
  if (declared || attribute.web === 'declared') {
    const value = values[0] ?? 'words';
    return [{ ...all, name, check: 'tolerated', group: 'declared', attributes: { [attribute.name]: value } }];
  }
  if (values.length === 0 && given.skip === undefined && all.skip === undefined) {
    return [{ ...all, name, check: 'effect', group: 'attributes', lacking: `cases/ gives no value for the attribute ${attribute.name}` }];
  }
  const several = values.length > 1;
  return (values.length === 0 ? [undefined] : values).map((value) => ({
    ...all,
    name: several ? of(`=${word(value)}`) : name,
    check: 'effect',
    group: 'attributes',
    attributes: { ...given.with, [attribute.name]: value },
    base: { ...given.with, ...given.base, ...given.bases?.[value] },
    ...told(all, given),
    skip: given.skips?.[value] ?? given.skip ?? all.skip,
  }));
}

function eventCases(all, event, declared, given = {}) {
  const name = `${all.tag}:${event.name}`;
  if (declared || event.web === 'declared') return [];
  if (given.act === undefined && all.act.length === 0 && given.skip === undefined && all.skip === undefined) {
    return [{ ...all, name, check: 'event', group: 'events', lacking: `cases/ does not say what makes the event ${event.name}` }];
  }
  return [{
    ...all, name, check: 'event', group: 'events', event: given.event ?? event.name, attributes: given.with ?? {}, ...told(all, given),
    detail: given.detail ?? [],
  }];
}

/** What a case says for itself, over what its component says. */
function told(all, given) {
  return {
    markup: given.markup ?? all.markup,
    act: given.act ?? all.act,
    skip: given.skip ?? all.skip,
    picture: given.picture ?? false,
    settle: given.settle ?? 0,
    shell: given.shell ?? false,
    json: given.json ?? all.json,
    refused: given.refused,
    // The act leaves the page or turns it into something else: the next form needs one of its own.
    afresh: given.afresh ?? false,
    plain: given.plain,
    margin: given.margin ?? 0,
    motion: given.motion ?? false,
    device: given.device ?? false,
    order: given.order ?? false,
    answer: given.answer,
  };
}

/** Values that differ from the default, where the catalog says enough. */
function plausible({ name, type, default: usual, values, not_on_web: missing }) {
  if (values.length > 0) return [...new Set(values)].filter((value) => value !== usual && !missing.includes(value));
  const types = type.split('|');
  if (types.includes('boolean')) return [usual !== true];
  if (types.includes('number')) return [typeof usual === 'number' ? usual * 2 + 5 : 5];
  if (/color$/i.test(name)) return ['#a8283e'];
  return [];
}

/** Names stand in lines beside others: without spaces. */
const word = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)).replaceAll(' ', '_');

function checkNames(components, given) {
  const problem = (text) => {
    throw new Error(`cases/: ${text}`);
  };
  for (const [tag, told] of Object.entries(given)) {
    const component = components.find((each) => each.tag === tag);
    if (component === undefined) problem(`the catalog has no ${tag}`);
    for (const key of Object.keys(told)) if (!knownOfComponent.has(key)) problem(`${tag} says "${key}"`);
    for (const kind of ['attributes', 'events']) {
      for (const [name, options] of Object.entries(told[kind] ?? {})) {
        if (!component[kind].some((each) => each.name === name)) problem(`the catalog's ${tag} has no ${name} among its ${kind}`);
        for (const key of Object.keys(options)) if (!knownOfCase.has(key)) problem(`${tag} ${name} says "${key}"`);
      }
    }
  }
}
