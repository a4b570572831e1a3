/** Writes entries of the catalog as TOML, in the layout of the files that are there. */

/** Defaults that follow from the kind and need not be written. */
export function apiText(entry, table = 'api') {
  const lines = [`[[${table}]]`, `name = ${quoted(entry.name)}`, `kind = "${entry.kind}"`];
  if (entry.carrier !== undefined) lines.push(`carrier = "${entry.carrier}"`);
  if (entry.hosts !== undefined)
    lines.push(
      `hosts = { web = "${entry.hosts.web}", headless = "${entry.hosts.headless}", desktop = "${entry.hosts.desktop}" }`,
    );
  if (entry.takes !== undefined) lines.push(`takes = "${entry.takes}"`);
  lines.push(`summary = ${quoted(entry.summary)}`);
  for (const key of ['scope', 'category'])
    if (entry[key] !== undefined) lines.push(`${key === 'category' ? 'data_category' : key} = "${entry[key]}"`);
  if (entry.gesture === true) lines.push('gesture = true');
  if (entry.off === false) lines.push('off = false');
  if (entry.returns !== undefined) lines.push(`returns = "${entry.returns}"`);
  if (entry.object !== undefined) lines.push(`object = "${entry.object}"`);
  if (entry.taskMethods !== undefined) lines.push(`task_methods = [${entry.taskMethods.map(quoted).join(', ')}]`);
  for (const key of ['parameters', 'results']) {
    if (entry[key]?.length > 0)
      lines.push(`${key} = [`, ...entry[key].flatMap((field) => fieldLines(field, '  ')), ']');
  }
  return `${lines.join('\n')}\n`;
}

export function objectText(entry) {
  const lines = ['[[object]]', `name = ${quoted(entry.name)}`, `summary = ${quoted(entry.summary)}`];
  if (entry.hosts !== undefined)
    lines.push(
      `hosts = { web = "${entry.hosts.web}", headless = "${entry.hosts.headless}", desktop = "${entry.hosts.desktop}" }`,
    );
  if (entry.carrier !== undefined) lines.push(`carrier = "${entry.carrier}"`);
  if (entry.properties.length > 0)
    lines.push('properties = [', ...entry.properties.flatMap((field) => fieldLines(field, '  ')), ']');
  return [`${lines.join('\n')}\n`, ...entry.methods.map((method) => apiText(method, 'object.method'))].join('\n');
}

export function headerText(family, [title, summary, carrier], web) {
  return [
    `family = "${family}"`,
    `title = ${quoted(title)}`,
    `summary = ${quoted(summary)}`,
    `carrier = "${carrier}"`,
    `hosts = { web = "${web}", headless = "declared", desktop = "declared" }`,
    '',
  ].join('\n');
}

function fieldLines(field, indent) {
  const parts = [`name = ${quoted(field.name)}`, `type = "${field.type}"`];
  if (field.items !== undefined) parts.push(`items = "${field.items}"`);
  if (field.required === true) parts.push('required = true');
  if (field.default !== undefined) parts.push(`default = ${literal(field.default)}`);
  if (field.values !== undefined) parts.push(`values = [${field.values.map(literal).join(', ')}]`);
  if (field.itemValues !== undefined) parts.push(`item_values = [${field.itemValues.map(literal).join(', ')}]`);
  if (field.unit !== undefined) parts.push(`unit = "${field.unit}"`);
  if (field.object !== undefined) parts.push(`object = "${field.object}"`);
  parts.push(`summary = ${quoted(field.summary)}`);
  if (field.fields === undefined) return [`${indent}{ ${parts.join(', ')} },`];
  return [
    `${indent}{ ${parts.join(', ')}, fields = [`,
    ...field.fields.flatMap((member) => fieldLines(member, `${indent}  `)),
    `${indent}] },`,
  ];
}

const quoted = (text) => JSON.stringify(text);
const literal = (value) => (typeof value === 'string' ? quoted(value) : String(value));
