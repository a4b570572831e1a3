/**
 * Turns TypeScript types into what the catalog knows of a value.
 *
 * `'a' | 'b'` gives `{ types: ['string'], values: ['a', 'b'] }`; an interface gives an object with its members, down to
 * a depth; an interface that has methods gives an object and its name.
 */
import { fieldSummary, readDefault, readUnit } from './words.mjs';

const depthOfMembers = 3;
const callbackNames = new Set(['success', 'fail', 'complete']);
const builtIn = {
  ArrayBuffer: 'ArrayBuffer',
  Uint8Array: 'ArrayBuffer',
  Function: 'function',
  AnyFunction: 'function',
  Date: 'object',
  Record: 'object',
  IAnyObject: 'object',
  AnyObject: 'object',
  Object: 'object',
  Uint8ClampedArray: 'object',
  Float32Array: 'object',
  Blob: 'object',
  RegExp: 'object',
  Promise: 'object',
};

export class Types {
  constructor({ interfaces, aliases }) {
    this.interfaces = interfaces;
    this.aliases = aliases;
  }

  /** Own and inherited members of an interface; a member that is declared again counts once. */
  members(name, seen = new Set()) {
    const declared = this.interfaces.get(name);
    if (declared === undefined || seen.has(name)) return [];
    seen.add(name);
    const found = new Map();
    for (const base of declared.extends) for (const member of this.members(base, seen)) found.set(member.name, member);
    for (const member of declared.members) {
      const known = found.get(member.name);
      if (known?.method !== undefined && member.method !== undefined)
        known.overloads = [...(known.overloads ?? []), member.method];
      else found.set(member.name, { ...member });
    }
    return [...found.values()];
  }

  hasMethods(name) {
    return this.members(name).some((member) => member.method !== undefined && !callbackNames.has(member.name));
  }

  /** `{ types, values, items, fields, object, parameters }` of a type. */
  describe(type, generics = new Map(), depth = 0) {
    if (type === undefined || type === null) return { types: ['any'] };
    switch (type.type) {
      case 'TSStringKeyword':
      case 'TSTemplateLiteralType':
        return { types: ['string'] };
      case 'TSNumberKeyword':
        return { types: ['number'] };
      case 'TSBooleanKeyword':
      case 'TSTypePredicate':
        return { types: ['boolean'] };
      case 'TSFunctionType':
      case 'TSConstructorType':
        return { types: ['function'], parameters: type.params };
      case 'TSObjectKeyword':
      case 'TSMappedType':
        return { types: ['object'] };
      case 'TSTypeLiteral':
        return { types: ['object'], fields: this.fieldsOfLiteral(type, generics, depth) };
      case 'TSVoidKeyword':
      case 'TSUndefinedKeyword':
      case 'TSNullKeyword':
        return { types: [] };
      case 'TSArrayType':
        return this.array(type.elementType, generics, depth);
      case 'TSTupleType':
        return { types: ['array'] };
      case 'TSParenthesizedType':
        return this.describe(type.typeAnnotation, generics, depth);
      case 'TSTypeOperator':
        return type.operator === 'keyof' ? { types: ['string'] } : this.describe(type.typeAnnotation, generics, depth);
      case 'TSLiteralType':
        return this.literal(type.literal);
      case 'TSUnionType':
        return this.union(type.types.map((part) => this.describe(part, generics, depth)));
      case 'TSIntersectionType':
        return this.intersection(type.types.map((part) => this.describe(part, generics, depth)));
      case 'TSTypeReference':
        return this.reference(type, generics, depth);
      default:
        return { types: ['any'] };
    }
  }

  literal(node) {
    const value = node.type === 'UnaryExpression' ? -node.argument.value : node.value;
    return value === undefined || value === null ? { types: ['any'] } : { types: [typeof value], values: [value] };
  }

  array(element, generics, depth) {
    const item = this.describe(element, generics, depth);
    const items = item.types.length === 0 || item.types.includes('any') ? undefined : item.types.join('|');
    return { types: ['array'], items, itemValues: item.values, fields: item.fields };
  }

  union(parts) {
    const given = parts.filter((part) => part.types.length > 0);
    const types = [...new Set(given.flatMap((part) => part.types))];
    if (types.length === 0) return { types: [] };
    if (types.includes('any')) return { types: ['any'] };
    const values = given.every((part) => part.values !== undefined) ? given.flatMap((part) => part.values) : undefined;
    const described = given.find(
      (part) => part.fields !== undefined || part.items !== undefined || part.object !== undefined,
    );
    const joined = { types };
    if (values !== undefined && !types.includes('boolean')) joined.values = values;
    for (const key of ['fields', 'items', 'itemValues', 'object'])
      if (described?.[key] !== undefined) joined[key] = described[key];
    return joined;
  }

  intersection(parts) {
    const fields = parts.flatMap((part) => part.fields ?? []);
    const unique = [...new Map(fields.map((field) => [field.name, field])).values()];
    const base = parts.find((part) => part.types.length > 0 && !part.types.includes('any')) ?? { types: ['any'] };
    return { ...base, fields: unique.length > 0 ? unique : undefined };
  }

  reference(type, generics, depth) {
    const name = type.typeName.name ?? type.typeName.right?.name;
    if (generics.has(name)) {
      const bound = generics.get(name);
      return bound === undefined
        ? { types: ['any'] }
        : this.describe(bound, new Map([...generics, [name, undefined]]), depth);
    }
    const given = type.typeArguments?.params ?? [];
    if (name === 'Array' || name === 'ReadonlyArray') return this.array(given[0], generics, depth);
    if (['OQ', 'RQ', 'Partial', 'Readonly', 'Required', 'OptionalInterface', 'Optional'].includes(name)) {
      return this.describe(given[0], generics, depth);
    }
    if (builtIn[name] !== undefined) return { types: [builtIn[name]] };
    const alias = this.aliases.get(name);
    if (alias !== undefined && depth < 12) {
      const inner = new Map(alias.generics.map((generic, index) => [generic, given[index]]));
      return this.describe(alias.type, inner, depth + 0.01);
    }
    const declared = this.interfaces.get(name);
    if (declared === undefined) return { types: ['any'] };
    if (this.hasMethods(name) && !name.endsWith('Option')) return { types: ['object'], object: name };
    if (declared.members.length === 0 && declared.extends.length === 0) return { types: ['object'] };
    const inner = new Map(declared.generics.map((generic, index) => [generic, given[index]]));
    return { types: ['object'], fields: depth < depthOfMembers ? this.fields(name, inner, depth) : undefined };
  }

  fieldsOfLiteral(type, generics, depth) {
    if (depth >= depthOfMembers) return undefined;
    return type.members
      .filter((member) => member.type === 'TSPropertySignature' && member.key?.name !== undefined)
      .map((member) =>
        this.field(
          {
            name: member.key.name,
            optional: member.optional === true,
            type: member.typeAnnotation?.typeAnnotation,
            documentation: '',
          },
          generics,
          depth,
        ),
      );
  }

  /** The members of an interface that are data. */
  fields(name, generics, depth) {
    return this.members(name)
      .filter((member) => member.method === undefined && !callbackNames.has(member.name))
      .map((member) => this.field(member, generics, depth));
  }

  field(member, generics, depth) {
    const described = this.describe(member.type, generics, Math.floor(depth) + 1);
    return this.fieldOf(member, described);
  }

  fieldOf(member, described) {
    const types = described.types.length === 0 ? ['any'] : described.types;
    return {
      name: member.name,
      type: types.join('|'),
      items: types.includes('array') ? described.items : undefined,
      itemValues: types.includes('array') ? described.itemValues : undefined,
      required: member.optional ? undefined : true,
      default: member.optional ? readDefault(member.documentation, types, described.values) : undefined,
      values: types.includes('any') ? undefined : described.values,
      unit: types.includes('number') ? readUnit(member.documentation) : undefined,
      object: described.object,
      summary: fieldSummary(member.name, types),
      fields:
        described.fields?.length > 0 && (types.includes('object') || types.includes('array'))
          ? described.fields
          : undefined,
    };
  }
}
