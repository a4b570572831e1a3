/**
 * All pages and components of the app: runs the script that defines one when it is first needed, and registers it
 * with glass-easel under the settings of the compiled configuration.
 */

import type { GeneralBehavior, GeneralComponentDefinition } from 'glass-easel';
import * as glassEasel from 'glass-easel';
import type { AppConfig, ComponentConfig } from '../../protocol/config';
import type { BackendElement } from '../backend/element';
import { resolvePath } from '../support/paths';
import { builderPaths, defineBuilders } from './builders';
import { defineBuiltinBehaviors } from './builtin-behaviors';
import { copyPlain, type Definition, prepareDefinition, rememberBehavior, splitPage } from './definition';
import { instanceMaker, nodeOf } from './instance';
import type { ComponentServices } from './services';
import { HookedTemplateEngine, type TemplateHooks } from './template-engine';
import type { Templates } from './templates';

type Options = glassEasel.ComponentOptions;

export interface RegistryHooks {
  services: ComponentServices;
  templates: Templates;
  templateHooks: TemplateHooks;
  /** Runs the module that defines a page or component. */
  runScript(path: string): void;
  /** Whether that module has been loaded. */
  hasScript(path: string): boolean;
  /** Loads the code package that holds a module, where that has not happened. */
  loadPackageOf(module: string): Promise<void>;
}

export class Registry {
  readonly space = new glassEasel.ComponentSpace();
  private readonly builtin: Map<string, GeneralBehavior>;
  private readonly definitions = new Map<string, GeneralComponentDefinition>();
  private readonly visited = new Set<string>();
  private readonly related = new Map<string, readonly string[]>();
  private readonly engine: HookedTemplateEngine;
  private readonly sharedScope: number;
  /** The page or component whose script is running: what `Component()` defines. */
  private defining: string | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly hooks: RegistryHooks,
  ) {
    this.engine = new HookedTemplateEngine(hooks.templateHooks);
    this.space.updateComponentOptions({
      templateEngine: this.engine,
      writeIdToDOM: true,
      useMethodCallerListeners: true,
      // App code never sees the node: a property called `dataset` or `slot` must not overwrite the node's own.
      writeFieldsToNode: false,
    });
    this.sharedScope = this.space.styleScopeManager.register('');
    this.space.setSharedStyleScope(this.sharedScope);
    this.builtin = defineBuiltinBehaviors(this.space);
    defineBuilders(this.space, hooks.services);
    // What stands for a component that does not exist: an element with its slot.
    this.space.defineComponent({ is: '' });
    this.space.setComponentWaitingListener((_isPublic, path) => this.loadLater(path));
  }

  /**
   * The definition of a page or component, its dependencies registered before it.
   * Throws what its script throws.
   */
  ensure(path: string): GeneralComponentDefinition {
    this.load(path);
    const definition = this.definitions.get(path);
    if (definition === undefined) throw new Error(`"${path}" is neither a page nor a component of this app`);
    return definition;
  }

  private load(path: string): void {
    const config = this.config.pages[path] ?? this.config.components[path];
    if (config === undefined || this.visited.has(path)) return;
    this.visited.add(path);
    try {
      for (const dependency of this.dependencies(config)) this.loadDependency(dependency);
      if (config.hasScript) this.hooks.runScript(path);
    } catch (error) {
      this.visited.delete(path);
      throw error;
    }
    // A template without a script, or a script that defines nothing, is a component without behaviour.
    if (!this.definitions.has(path)) this.defineAt(path, {});
    this.loadRelated(path);
  }

  /** A component whose script fails must not take the page with it: it is drawn without behaviour. */
  private loadDependency(path: string): void {
    try {
      this.load(path);
    } catch (error) {
      this.hooks.services.reporter.error(error, `loading component ${path}`);
      this.visited.add(path);
      this.defineAt(path, {});
    }
  }

  /**
   * glass-easel resolves a component's relations once, when it is first created: the components at their other ends
   * have to be registered by then, even those that only another page uses.
   */
  private loadRelated(path: string): void {
    for (const written of this.related.get(path) ?? []) {
      const target = resolvePath(path, written);
      const config = this.config.components[target];
      if (config !== undefined && (!config.hasScript || this.hooks.hasScript(target))) this.loadDependency(target);
    }
  }

  /** A placeholder stands for a component whose code package is not there: loads it, and glass-easel swaps them. */
  private loadLater(path: string): void {
    const { services, loadPackageOf } = this.hooks;
    loadPackageOf(`${path}.js`).then(
      () => this.space.groupRegister(() => this.load(path)),
      (error: unknown) => services.reporter.error(error, `loading component ${path}`),
    );
  }

  private dependencies(config: ComponentConfig): string[] {
    const placeholders = new Set(Object.keys(config.componentPlaceholder));
    const direct = Object.entries({ ...this.globalFor(config), ...config.usingComponents })
      .filter(([tag, path]) => !placeholders.has(tag) || this.isLoaded(path))
      .map(([, path]) => path);
    const defaults = Object.values(config.componentGenerics).filter((path) => path !== null);
    return [...direct, ...defaults];
  }

  /** The app's global components; an independent subpackage does without those that only the main package has. */
  private globalFor(config: ComponentConfig): Record<string, string> {
    const { globalComponents, components, packages } = this.config;
    if (!packages.some(({ root, independent }) => independent && root === config.package)) return globalComponents;
    const within = Object.entries(globalComponents).filter(([, path]) => components[path]?.package === config.package);
    return Object.fromEntries(within);
  }

  private isLoaded(path: string): boolean {
    const config = this.config.components[path];
    return config !== undefined && (!config.hasTemplate || this.hooks.templates.has(path));
  }

  /** Runs a module; if it is the script of a page or component, what it defines is that one. */
  around(module: string, run: () => void): void {
    const path = module.replace(/\.js$/, '');
    const before = this.defining;
    if (this.config.pages[path] !== undefined || this.config.components[path] !== undefined) this.defining = path;
    try {
      run();
    } finally {
      this.defining = before;
    }
  }

  /** `Component({…})` of the app. */
  component(source: Definition = {}): string {
    const path = this.pathFor('Component');
    this.defineAt(path, source);
    return path;
  }

  /** `Page({…})` of the app. */
  page(source: Definition = {}): void {
    const path = this.pathFor('Page');
    const { definition, fields } = splitPage(source);
    this.defineAt(path, definition, fields);
  }

  /** `Behavior({…})` of the app. */
  behavior(source: Definition = {}): GeneralBehavior {
    const prepared = prepareDefinition(source, this.builtin, (text) => this.warn(text));
    const behavior = this.space.defineBehavior(prepared.definition as never) as unknown as GeneralBehavior;
    rememberBehavior(behavior, source, prepared);
    return behavior;
  }

  private pathFor(what: string): string {
    if (this.defining !== undefined) return this.defining;
    throw new Error(`${what}() was called outside the script of a page or component that app.json declares`);
  }

  private warn(text: string): void {
    const where = this.defining === undefined ? '' : ` (${this.defining})`;
    this.hooks.services.reporter.warn(`${text}${where}`);
  }

  private defineAt(path: string, source: Definition, fields?: Definition): void {
    const config = this.config.pages[path] ?? this.config.components[path];
    if (config === undefined) throw new Error(`"${path}" is neither a page nor a component of this app`);
    const { services } = this.hooks;
    const { definition, exported, relations } = prepareDefinition(source, this.builtin, (text) => this.warn(text));
    this.related.set(path, relations);
    const isPage = this.config.pages[path] !== undefined;
    const { options, ...members } = definition;
    const builder = this.space
      .defineWithMethodCaller(path)
      .methodCallerInit(instanceMaker(services, exported) as never)
      .options(this.optionsFor(config, options as Definition | undefined, isPage))
      .usingComponents(this.usingOf(config))
      .placeholders(config.componentPlaceholder)
      .generics(genericsOf(config));
    const template = this.hooks.templates.of(path);
    if (template !== undefined) builder.template(template as never);
    if (fields !== undefined) {
      const methods = Object.keys((source.methods ?? {}) as object);
      builder.init(function assignFields(this: Record<string, unknown>) {
        Object.assign(this, copyPlain(fields));
        // As in WeChat, a page's functions know their page however they are called (`setInterval(this.draw)`).
        for (const name of methods) {
          const method = this[name];
          if (typeof method === 'function') this[name] = method.bind(this);
        }
      } as never);
    }
    const { hostClass } = config;
    if (hostClass !== undefined) {
      builder.lifetime('created', function addHostClass(this: unknown) {
        (nodeOf(this)?.getBackendElement() as BackendElement | null | undefined)?.addClass(hostClass);
      } as never);
    }
    builder.definition(members as never);
    builder.lifetime('attached', function whenAttached(this: unknown) {
      const component = nodeOf(this);
      if (component !== undefined) services.attached(component);
    } as never);
    this.definitions.set(path, builder.registerComponent() as unknown as GeneralComponentDefinition);
  }

  private usingOf(config: ComponentConfig): Record<string, string> {
    const using: Record<string, string> = { ...builderPaths };
    for (const [tag, path] of Object.entries({ ...this.globalFor(config), ...config.usingComponents })) {
      using[tag] = path.includes('://') ? path : `/${path}`;
    }
    return using;
  }

  private optionsFor(config: ComponentConfig, options: Definition | undefined, isPage: boolean): Options {
    const pattern =
      config.pureDataPattern !== undefined ? new RegExp(config.pureDataPattern) : options?.pureDataPattern;
    const isolation = String(config.styleIsolation ?? options?.styleIsolation ?? '');
    const addsGlobal = config.addGlobalClass ?? options?.addGlobalClass ?? false;
    const scoped = config.styleScope !== null;
    // Styles are scoped when they are compiled: what turns out to be shared only now gets the app's, and keeps its own.
    const applied = isolation === '' ? addsGlobal : !isolation.endsWith('isolated');
    return {
      styleScope: scoped ? this.space.styleScopeManager.register(config.styleScope ?? '') : this.sharedScope,
      extraStyleScope: scoped && applied ? this.sharedScope : null,
      multipleSlots: options?.multipleSlots === true,
      dynamicSlots: options?.dynamicSlots === true,
      // A page's root is the view's own element, which can't be left out.
      virtualHost: !isPage && (config.virtualHost ?? options?.virtualHost) === true,
      pureDataPattern: pattern instanceof RegExp ? pattern : null,
    };
  }
}

function genericsOf(config: ComponentConfig): Record<string, true | { default: string }> {
  const generics: Record<string, true | { default: string }> = {};
  for (const [name, path] of Object.entries(config.componentGenerics)) {
    generics[name] = path === null ? true : { default: `/${path}` };
  }
  return generics;
}
