/**
 * The namespace object of the dialect (`wx`), made from the catalog. What this host does not carry out is there too:
 * it fails in the dialect's own shape, warns once, and never hangs.
 */
import { type ApiKind, type ApiSpecification, catalog, declaredNames } from '../../protocol/generated/catalog';
import { declaredObjects } from '../../protocol/generated/objects';
import { absentFailure } from './absent-failures';
import { absentLibrary, absentValues, querySteps, queryValues } from './absent-library';
import { canIUse } from './can-i-use';
import { type ApiContext, type CallImplementation, callingPage, type Implementations } from './context';
import { ApiFailure, type Arguments, errorNumbers, fail, prepareEnd, withoutFunctions } from './outcome';
import { checkOptions, checkPositional, typeName } from './parameters';

export type Namespace = Record<string, unknown>;

/** Called like the others, and answered before the call returns: WeChat documents it so, and components rely on it. */
const answeredAtOnce = new Set(['getSystemInfo']);
/** What gives classes and functions that apps use while their modules load. */
const libraries = new Set(['getXrFrameSystem']);
/** Absent APIs that give an object: theirs fails by its members. */
const givers = new Set([
  ...declaredObjects.split(' '),
  // Withdrawn from the typings, and still in apps.
  'createBannerAd',
  'createContext',
  'createCustomAd',
  'createGridAd',
]);

export class NamespaceBuilder {
  private readonly namespace: Namespace = {};
  private readonly warned = new Set<string>();

  constructor(
    private readonly context: ApiContext,
    private readonly implementations: Implementations,
    private readonly dialect: string,
  ) {}

  build(): Namespace {
    // Values first: some of them are namespaces, which the others are put into.
    for (const kind of ['value', 'call', 'sync', 'event', 'task'] as const) {
      for (const name of declaredNames[kind].split(' ')) if (name !== '') this.put(name, this.absent(name, kind));
    }
    for (const [name, specification] of Object.entries(catalog as Record<string, ApiSpecification>)) {
      this.add(name, specification);
    }
    this.namespace.canIUse = (schema: unknown) => canIUse(schema, (api) => this.carries(api));
    Object.assign(this.namespace, this.implementations.values);
    this.completeNamespaces();
    return this.namespace;
  }

  /** `cloud.init` is the member `init` of `cloud`. */
  private put(name: string, value: unknown): void {
    const path = name.split('.');
    const last = path.pop() ?? name;
    let target: Namespace = this.namespace;
    for (const part of path) {
      target[part] ??= {};
      target = target[part] as Namespace;
    }
    target[last] = value;
  }

  /** What a namespace that is carried out does not have itself is there all the same. */
  private completeNamespaces(): void {
    for (const kind of ['call', 'sync', 'event', 'task'] as const) {
      for (const name of declaredNames[kind].split(' ')) {
        const [root = '', member, ...deeper] = name.split('.');
        const own = this.namespace[root];
        if (member === undefined || deeper.length > 0 || !Object.hasOwn(this.implementations.values, root)) continue;
        if (typeof own !== 'object' || own === null || member in own) continue;
        this.namespace[root] = { ...own, [member]: this.absent(name, kind) };
      }
    }
  }

  private carries(name: string): boolean {
    const { calls, syncs, events, tasks, values } = this.implementations;
    const local = [calls, syncs, events, tasks, values].some((group) => Object.hasOwn(group, name));
    return local || name === 'canIUse' || this.context.snapshot.carried.includes(name);
  }

  private add(name: string, specification: ApiSpecification): void {
    const shown = specification.names?.[this.dialect] ?? name;
    switch (specification.kind) {
      case 'call':
        this.put(
          shown,
          this.call(name, specification, this.implementations.calls[name] ?? this.forward(name, specification)),
        );
        break;
      case 'task':
        this.put(shown, this.task(name, specification));
        break;
      case 'sync':
        this.put(shown, this.sync(name, specification));
        break;
      case 'event':
        this.addEvent(name, specification);
        break;
      case 'value':
        break;
    }
  }

  private later = (callback: () => void): void => this.context.host.queueMicrotask(callback);

  private call(name: string, specification: ApiSpecification, run: CallImplementation | undefined): unknown {
    const later = answeredAtOnce.has(name) ? (callback: () => void) => callback() : this.later;
    return (options: unknown = {}, ...more: unknown[]) => {
      const given = (options ?? {}) as Arguments;
      const { args, settle, result } = prepareEnd(
        name,
        typeof given === 'object' ? given : {},
        this.context.reporter,
        later,
      );
      const wrong =
        typeof given === 'object'
          ? checkOptions(specification, given)
          : `parameter error: parameter should be Object instead of ${typeName(given)};`;
      if (run === undefined) {
        this.warnAbsent(name);
        settle(absentFailure(name));
        // The warning has said it: an app that ignores the promise is not told again.
        result?.catch(() => {});
      } else if (wrong !== undefined) settle(fail(name, wrong, errorNumbers.invalidParameter));
      else run(args, settle, ...more);
      return result;
    };
  }

  /** Hands a call to the shell, where it carries that one out. */
  private forward(name: string, specification: ApiSpecification): CallImplementation | undefined {
    if (specification.web === 'no' || !this.carries(name)) return undefined;
    return (args, settle) => {
      const { bridge, gestures } = this.context;
      const gesture = specification.gesture === true ? gestures.take() : undefined;
      bridge.call(name, withoutFunctions(args), callingPage(this.context), settle, gesture);
    };
  }

  private task(name: string, specification: ApiSpecification): unknown {
    const run = this.implementations.tasks[name];
    return (options: unknown = {}) => {
      const given = typeof options === 'object' && options !== null ? (options as Arguments) : {};
      // A task object comes back, so there is no promise and no one to reject.
      const { args, settle } = prepareEnd(name, { complete: () => {}, ...given }, this.context.reporter, this.later);
      const wrong = checkOptions(specification, given);
      if (run === undefined || wrong !== undefined) {
        if (run === undefined) this.warnAbsent(name);
        settle(wrong === undefined ? absentFailure(name) : fail(name, wrong, errorNumbers.invalidParameter));
        return Object.fromEntries((specification.taskMethods ?? ['abort']).map((method) => [method, () => {}]));
      }
      return run(withoutFunctions(args), settle);
    };
  }

  private sync(name: string, specification: ApiSpecification): unknown {
    const run = this.implementations.syncs[name];
    if (run === undefined) return this.absent(name, 'sync');
    return (...values: unknown[]) => {
      const wrong = specification.takes === 'positional' ? checkPositional(specification, values) : undefined;
      if (wrong !== undefined && /^(set|batchSet).*Sync$/.test(name)) throw new ApiFailure(`${name}:fail ${wrong}`);
      if (wrong !== undefined) this.context.reporter.warn(`${name}:fail ${wrong}`);
      return run(...(values as never[]));
    };
  }

  private addEvent(name: string, specification: ApiSpecification): void {
    const event = this.implementations.events[name];
    if (event === undefined) {
      this.namespace[name] = this.absent(name, 'event');
      if (specification.off !== undefined) this.namespace[specification.off] = () => {};
      return;
    }
    this.namespace[name] = (listener: unknown) => {
      if (typeof listener === 'function') event.on(listener as (detail: unknown) => void);
    };
    if (specification.off === undefined) return;
    this.namespace[specification.off] = (listener?: unknown) =>
      event.off(typeof listener === 'function' ? (listener as (detail: unknown) => void) : undefined);
  }

  /** What stands for an API that this host does not carry out. */
  private absent(name: string, kind: ApiKind): unknown {
    if (kind === 'call') return this.call(name, absentSpecification, undefined);
    if (kind === 'task') {
      return (options: Arguments = {}) => {
        // Tasks of the cloud are promises where nobody calls back, and tasks where somebody does.
        const given = name.startsWith('cloud.') ? { ...options } : { complete: () => {}, ...options };
        const { settle, result } = prepareEnd(name, given, this.context.reporter, this.later);
        this.warnAbsent(name);
        settle(absentFailure(name));
        return result ?? this.absentObject(name);
      };
    }
    if (kind === 'value') return this.absentObject(name);
    return () => {
      this.warnAbsent(name);
      if (givers.has(name)) return this.absentObject(name);
      if (libraries.has(name)) return absentLibrary();
      if (name.endsWith('Sync')) throw new ApiFailure(`${name}:fail not supported on this host`);
      return undefined;
    };
  }

  /** An object whose every member is a function that fails: managers and contexts of absent APIs. */
  private absentObject(name: string): object {
    const members = new Map<PropertyKey, unknown>();
    return new Proxy(
      {},
      {
        get: (_target, member) => {
          if (members.has(member)) return members.get(member);
          if (typeof member === 'symbol' || member === 'then' || member === 'toJSON') return undefined;
          const made = this.absentMember(name, member);
          members.set(member, made);
          return made;
        },
        set: (_target, member, value) => {
          members.set(member, value);
          return true;
        },
      },
    );
  }

  private absentMember(name: string, member: string): unknown {
    if (/^(on|off)[A-Z]/.test(member)) return () => {};
    if (name.startsWith('cloud.database')) {
      // A query is put together before it fails, as in the original.
      if (querySteps.has(member)) return () => this.absentObject(name);
      if (queryValues.has(member)) return absentValues();
      if (member === 'watch') return (options?: Arguments) => this.absentWatch(name, options);
    }
    return this.call(`${name}.${member}`, absentSpecification, undefined);
  }

  /** Tells who watches that nothing will come; what comes back can be closed. */
  private absentWatch(name: string, options: Arguments = {}): { close(): Promise<void> } {
    const { onError } = options;
    this.warnAbsent(name);
    const outcome = absentFailure(`${name}.watch`);
    const tell = () => typeof onError === 'function' && !outcome.ok && onError(outcome.failure);
    this.later(() => void this.context.reporter.guard(`${name}.watch onError`, tell));
    return { close: () => Promise.resolve() };
  }

  private warnAbsent(name: string): void {
    if (this.warned.has(name)) return;
    this.warned.add(name);
    this.context.reporter.warn(
      `${this.dialect}.${name} is not supported on this host; it fails with "${name}:fail not supported on this host"`,
    );
  }
}

const absentSpecification: ApiSpecification = {
  kind: 'call',
  carrier: 'shell',
  web: 'declared',
  desktop: 'declared',
  takes: 'object',
  parameters: [],
  results: [],
};
