/**
 * Reads the declarations of `miniprogram-api-typings` into tables of interfaces and type aliases.
 *
 * Input: the package's `.d.ts` files. Output: `interfaces` and `aliases` by name, each member with its JSDoc text.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

/** The files that declare what an app calls; xr-frame and its physics are engines of their own. */
const files = ['lib.wx.api.d.ts', 'lib.wx.cloud.d.ts'];

export function readTypings(folder) {
  const interfaces = new Map();
  const aliases = new Map();
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    const { program, comments, errors } = parseSync(file, text, { lang: 'dts' });
    if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
    const documentation = documentationBefore(comments, text);
    visit(program.body, { interfaces, aliases, documentation, text });
  }
  return { interfaces, aliases };
}

/** JSDoc by the position of what follows it. */
function documentationBefore(comments, text) {
  const found = new Map();
  for (const comment of comments) {
    if (comment.type !== 'Block' || !comment.value.startsWith('*')) continue;
    let position = comment.end;
    while (/\s/.test(text[position] ?? '')) position += 1;
    found.set(
      position,
      comment.value
        .replace(/^\*/, '')
        .replace(/^[ \t]*\* ?/gm, '')
        .trim(),
    );
  }
  return found;
}

function visit(statements, tables) {
  for (const statement of statements) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration === null) continue;
    if (declaration.type === 'TSModuleDeclaration' && declaration.body !== null) {
      visit(declaration.body.body, tables);
    } else if (declaration.type === 'TSInterfaceDeclaration') {
      addInterface(declaration, declaration.body.body, tables);
    } else if (declaration.type === 'ClassDeclaration') {
      addInterface(declaration, declaration.body.body, tables);
    } else if (declaration.type === 'TSTypeAliasDeclaration') {
      tables.aliases.set(declaration.id.name, {
        type: declaration.typeAnnotation,
        generics: (declaration.typeParameters?.params ?? []).map((parameter) => parameter.name.name),
      });
    }
  }
}

function addInterface(declaration, body, { interfaces, documentation, text }) {
  const name = declaration.id.name;
  const entry = interfaces.get(name) ?? { name, documentation: '', extends: [], members: [], generics: [] };
  entry.documentation ||= documentation.get(declaration.start) ?? '';
  entry.generics = (declaration.typeParameters?.params ?? []).map((parameter) => parameter.name.name);
  for (const base of declaration.extends ?? []) entry.extends.push(base.expression.name ?? base.expression.right?.name);
  for (const node of body) {
    const member = readMember(node, documentation, text);
    if (member !== undefined) entry.members.push(member);
  }
  interfaces.set(name, entry);
}

function readMember(node, documentation) {
  if (node.key === undefined || node.computed) return undefined;
  const name = node.key.name ?? String(node.key.value);
  const shared = { name, documentation: documentation.get(node.start) ?? '', optional: node.optional === true };
  if (node.type === 'TSPropertySignature' || node.type === 'PropertyDefinition') {
    const type = node.typeAnnotation?.typeAnnotation;
    // `onended` is for the app to set, not to call.
    if (type?.type === 'TSFunctionType' && !/^on[a-z]/.test(name)) {
      return { ...shared, method: signature(type.params, type.returnType, documentation) };
    }
    return { ...shared, type };
  }
  if (node.type === 'TSMethodSignature')
    return { ...shared, method: signature(node.params, node.returnType, documentation, node) };
  if (
    node.type === 'MethodDefinition' ||
    node.type === 'TSAbstractMethodDefinition' ||
    node.type === 'TSEmptyBodyFunctionExpression'
  ) {
    const { params, returnType } = node.value ?? node;
    return name === 'constructor'
      ? undefined
      : { ...shared, method: signature(params, returnType, documentation, node.value) };
  }
  return undefined;
}

function signature(parameters, returnType, documentation, node) {
  return {
    generics: new Map(
      (node?.typeParameters?.params ?? []).map((parameter) => [parameter.name.name, parameter.constraint ?? undefined]),
    ),
    parameters: parameters.map((parameter) => ({
      name: parameter.name ?? parameter.argument?.name ?? 'values',
      rest: parameter.type === 'RestElement',
      optional: parameter.optional === true || parameter.type === 'RestElement',
      type: parameter.typeAnnotation?.typeAnnotation,
      documentation: documentation.get(parameter.start) ?? '',
    })),
    returns: returnType?.typeAnnotation,
  };
}
