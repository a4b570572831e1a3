/**
 * Reads APIs and methods: what kind they are, what they take and give.
 *
 * `getLocation<T extends GetLocationOption>(option: T): PromisifySuccessResult<T, GetLocationOption>` is a call that
 * takes the members of `GetLocationOption` and gives what its `success` gets.
 */
import { fieldSummary, summaryOf } from './words.mjs';

const callbackNames = ['success', 'fail', 'complete'];

export class Apis {
  constructor(types) {
    this.types = types;
  }

  /** An API or method from a member that is a function. */
  read(member, prefix = '') {
    const signatures = [member.method, ...(member.overloads ?? [])];
    const method = signatures.find((one) => this.optionsOf(one) !== undefined) ?? signatures[0];
    const options = this.optionsOf(method);
    const returned = this.types.describe(method.returns, method.generics);
    const kind = this.kind(member.name, signatures, options);
    const entry = { name: `${prefix}${member.name}`, kind, path: documentPath(member.documentation) };
    if (kind === 'event') Object.assign(entry, { results: this.detail(method.parameters[0], method.generics) });
    else if (kind === 'call' || kind === 'task') {
      Object.assign(entry, {
        parameters: options === undefined ? [] : this.optionFields(options, method),
        results: options === undefined ? [] : this.successFields(options, method),
      });
      if (method.parameters.length > 1) entry.more = method.parameters.length - 1;
    } else Object.assign(entry, this.synchronous(method, returned));
    if (kind === 'task') entry.taskObject = returned.object ?? this.taskOf(signatures);
    entry.summary = summaryOf(member.name, kind);
    return entry;
  }

  synchronous(method, returned) {
    const [only] = method.parameters;
    const described = only === undefined ? undefined : this.types.describe(only.type, method.generics);
    const single =
      method.parameters.length === 1 &&
      described.fields !== undefined &&
      described.types.join() === 'object' &&
      /^(option|options|params?|config)$/.test(only.name);
    const isListener = method.parameters.length === 1 && described.types.join() === 'function';
    const parameters = single
      ? described.fields
      : method.parameters.map((parameter) =>
          this.types.fieldOf(
            { name: parameter.name, optional: parameter.optional, documentation: parameter.documentation },
            this.types.describe(parameter.type, method.generics),
          ),
        );
    const returns = returned.types.length === 0 ? undefined : returned.types.length === 1 ? returned.types[0] : 'any';
    return {
      takes: single ? 'object' : isListener ? 'callback' : undefined,
      parameters: requiredFirst(parameters),
      returns: returned.types.length === 0 ? undefined : returns,
      object: returned.object,
      results: returned.fields ?? [],
    };
  }

  kind(name, signatures, options) {
    if (/^on[A-Z]/.test(name) && this.takesListener(signatures[0])) return 'event';
    const returned = signatures.map((one) => one.returns?.typeName?.name ?? one.returns?.typeName?.right?.name ?? '');
    if (returned.some((one) => one.endsWith('Task'))) return 'task';
    if (returned.some((one) => one === 'PromisifySuccessResult') || options !== undefined) return 'call';
    return 'sync';
  }

  takesListener({ parameters, generics }) {
    return parameters.length > 0 && this.types.describe(parameters[0].type, generics).types.includes('function');
  }

  /** The first parameter, where it is an object with `success`, `fail` or `complete`. */
  optionsOf(method) {
    const [first] = method.parameters;
    const name = first === undefined ? undefined : this.interfaceOf(first.type, method.generics);
    if (name === undefined) return undefined;
    return this.types.members(name).some((member) => callbackNames.includes(member.name)) ? name : undefined;
  }

  interfaceOf(type, generics) {
    if (type?.type === 'TSIntersectionType') return this.interfaceOf(type.types[0], generics);
    if (type?.type !== 'TSTypeReference') return undefined;
    const name = type.typeName.name ?? type.typeName.right?.name;
    if (generics?.has(name)) return this.interfaceOf(generics.get(name), new Map());
    if (['OQ', 'RQ', 'OptionalInterface'].includes(name))
      return this.interfaceOf(type.typeArguments.params[0], generics);
    return this.types.interfaces.has(name) ? name : undefined;
  }

  optionFields(name, method) {
    return this.types.fields(name, method.generics, 0);
  }

  successFields(name, method) {
    const success = this.types.members(name).find((member) => member.name === 'success');
    if (success === undefined) return [];
    const type = success.type ?? undefined;
    if (type === undefined) return this.detail(success.method?.parameters[0], method.generics);
    const described = this.types.describe(type, method.generics);
    const parameter = described.parameters?.[0];
    return parameter === undefined
      ? []
      : this.detail(
          parameter.typeAnnotation ? { type: parameter.typeAnnotation.typeAnnotation } : parameter,
          method.generics,
          true,
        );
  }

  /** What a listener or callback gets, as fields. */
  detail(parameter, generics, isDetail = false) {
    if (parameter === undefined) return [];
    let described = this.types.describe(parameter.type, generics);
    if (!isDetail && described.types.includes('function')) {
      const first = described.parameters?.[0];
      if (first === undefined) return [];
      described = this.types.describe(first.typeAnnotation?.typeAnnotation, generics);
      if (described.fields === undefined && !described.types.includes('any') && described.types.length > 0) {
        return [
          {
            name: first.name ?? 'value',
            type: described.types.join('|'),
            summary: fieldSummary(first.name ?? 'value', described.types),
          },
        ];
      }
    }
    return (described.fields ?? [])
      .filter((field) => field.name !== 'errMsg')
      .map(({ required, default: _, ...field }) => field);
  }

  taskOf(signatures) {
    return signatures
      .map((one) => one.returns?.typeName?.name ?? one.returns?.typeName?.right?.name ?? '')
      .find((one) => one.endsWith('Task'));
  }
}

/** The folder of WeChat's documentation that an API is in: `device/wifi`. */
function documentPath(documentation) {
  const found = [...documentation.split('\n')[0].matchAll(/miniprogram\/dev\/api\/([^)#]+)\/[^/)#]+\.html/g)];
  return found.at(-1)?.[1] ?? '';
}

/** Arguments that are passed one by one can't be required after one that is not. */
function requiredFirst(fields) {
  let optional = false;
  return fields.map((field) => {
    optional ||= field.required !== true;
    return optional ? { ...field, required: undefined } : field;
  });
}
