/** `createSelectorQuery`: elements are found here, in glass-easel's tree; the page frame measures them all at once. */
import { type Element, Component as TreeComponent } from 'glass-easel';
import type { MeasureFields, MeasureRequest } from '../../protocol/view-methods';
import type { OpenPage } from '../app/page';
import type { BackendElement } from '../backend/element';
import { recordedContext } from '../canvas/apis';
import { nodeOf } from '../components/instance';
import { selectAll, selectOne } from '../components/select';
import { elementContext } from '../contexts';
import type { ApiContext } from './context';

type Result = Record<string, unknown> | null;
type Callback = (result: unknown) => void;

interface Fields extends MeasureFields {
  dataset?: boolean;
  mark?: boolean;
  context?: boolean;
  node?: boolean;
  ref?: boolean;
}

interface Query {
  scope: unknown;
  /** Undefined for the viewport. */
  selector: string | undefined;
  single: boolean;
  fields: Fields;
  callback: Callback | undefined;
}

/** A node of the view, or undefined for an element that has none (a component with a virtual host). */
export function viewNode(element: Element): number | undefined {
  return (element.getBackendElement() as BackendElement | null)?.id;
}

export class SelectorQuery {
  private readonly queries: Query[] = [];
  private last: NodesReference | undefined;

  constructor(
    private scope: unknown,
    private readonly context: ApiContext,
  ) {}

  in(scope: unknown): this {
    this.scope = scope;
    return this;
  }

  select(selector: string): NodesReference {
    return this.reference(String(selector), true);
  }

  selectAll(selector: string): NodesReference {
    return this.reference(String(selector), false);
  }

  selectViewport(): NodesReference {
    return this.reference(undefined, true);
  }

  private reference(selector: string | undefined, single: boolean): NodesReference {
    this.last = new NodesReference(this, (fields, callback) => {
      this.queries.push({ scope: this.scope, selector, single, fields, callback });
    });
    return this.last;
  }

  /** Gives what was selected last, as the original does, so that more can be asked of it. */
  exec(callback?: (results: unknown[]) => void): NodesReference {
    const queries = this.queries.slice();
    this.run(queries).then((results) => {
      for (const [index, query] of queries.entries()) {
        const own = query.callback;
        if (own !== undefined) this.context.reporter.guard('selector query', () => own(results[index]));
      }
      if (typeof callback === 'function') this.context.reporter.guard('selector query', () => callback(results));
    });
    return this.last ?? this.selectViewport();
  }

  private async run(queries: Query[]): Promise<unknown[]> {
    // What the app sets in the rest of its turn counts, as where the view does the looking.
    await Promise.resolve();
    const page = this.pageOf(queries[0]?.scope);
    const found = queries.map((query) => elementsFor(query, page));
    const requests: MeasureRequest[] = [];
    for (const [index, elements] of found.entries()) {
      const fields = measured(queries[index]?.fields ?? {});
      for (const element of elements)
        requests.push({ node: element === 'viewport' ? 0 : (viewNode(element) ?? -1), fields });
    }
    const measures = await measureAll(page, requests);
    let next = 0;
    const all: unknown[] = [];
    for (const [index, elements] of found.entries()) {
      const { fields = {}, single } = queries[index] ?? {};
      const results = elements.map((element) => complete(element, fields, measures[next++] ?? null));
      await this.addContexts(elements, fields, results, page);
      all.push(single === true ? (results[0] ?? null) : results);
    }
    return all;
  }

  private pageOf(scope: unknown): OpenPage | undefined {
    const component = nodeOf(scope);
    const { pages } = this.context;
    return (component && pages.pageOf(component)) ?? pages.current;
  }

  /** `node` and `context` of the elements that have them. */
  private async addContexts(
    elements: readonly (Element | 'viewport')[],
    fields: Fields,
    results: Result[],
    page: OpenPage | undefined,
  ): Promise<void> {
    if ((!fields.node && !fields.context) || page === undefined) return;
    const { canvases, reporter } = this.context;
    for (const [index, element] of elements.entries()) {
      const result = results[index];
      if (!result || element === 'viewport') continue;
      const backend = element.getBackendElement() as BackendElement | null;
      if (backend?.tag !== 'canvas') {
        if (fields.node) result.node = elementContext(this.context, page, element, 'node');
        if (fields.context) result.context = elementContext(this.context, page, element, 'context');
        continue;
      }
      if (fields.context) {
        const scope = element.ownerShadowRoot?.getHostNode().getMethodCaller();
        result.context = recordedContext(this.context, backend.canvasId ?? element.id, scope);
      }
      if (!fields.node) continue;
      try {
        result.node = (await canvases.surfaceOf(element, page)).node;
      } catch (error) {
        reporter.warn(`<canvas> has no node: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}

export class NodesReference {
  constructor(
    private readonly query: SelectorQuery,
    private readonly push: (fields: Fields, callback: Callback | undefined) => void,
  ) {}

  fields(fields: Fields, callback?: Callback): SelectorQuery {
    this.push(fields ?? {}, callback);
    return this.query;
  }

  boundingClientRect(callback?: Callback): SelectorQuery {
    return this.fields({ id: true, dataset: true, rect: true, size: true }, callback);
  }

  scrollOffset(callback?: Callback): SelectorQuery {
    return this.fields({ id: true, dataset: true, scrollOffset: true }, callback);
  }

  context(callback?: Callback): SelectorQuery {
    return this.fields({ context: true }, callback);
  }

  node(callback?: Callback): SelectorQuery {
    return this.fields({ node: true }, callback);
  }

  ref(callback?: Callback): SelectorQuery {
    return this.fields({ ref: true }, callback);
  }
}

function elementsFor(query: Query, page: OpenPage | undefined): (Element | 'viewport')[] {
  if (query.selector === undefined) return ['viewport'];
  const scope = nodeOf(query.scope) ?? page?.component;
  const found = query.single ? selectOne(scope, query.selector) : selectAll(scope, query.selector);
  if (Array.isArray(found)) return found;
  return found === undefined ? [] : [found];
}

/** The part of the fields that the view knows. */
function measured(fields: Fields): MeasureFields {
  const { rect, size, scrollOffset, properties, computedStyle } = fields;
  const asked: MeasureFields = {};
  if (rect) asked.rect = true;
  if (size) asked.size = true;
  if (scrollOffset) asked.scrollOffset = true;
  if (Array.isArray(properties) && properties.length > 0) asked.properties = properties.map(String);
  if (Array.isArray(computedStyle) && computedStyle.length > 0) asked.computedStyle = computedStyle.map(String);
  return asked;
}

async function measureAll(page: OpenPage | undefined, requests: MeasureRequest[]): Promise<Result[]> {
  const wanted = requests.some((request) => Object.keys(request.fields).length > 0);
  if (page === undefined || !wanted) return requests.map(() => ({}));
  try {
    const value = await page.backend.link.invoke(0, 'measure', [requests]);
    return Array.isArray(value) ? (value as Result[]) : requests.map(() => null);
  } catch {
    return requests.map(() => null);
  }
}

function complete(element: Element | 'viewport', fields: Fields, measures: Result): Result {
  const result: Record<string, unknown> = { ...measures };
  const tree = element === 'viewport' ? undefined : element;
  if (fields.id) result.id = tree?.id ?? '';
  if (fields.dataset) result.dataset = { ...(tree?.dataset ?? {}) };
  if (fields.mark) result.mark = tree?.collectMarks() ?? {};
  if (fields.node) result.node = null;
  if (fields.context) result.context = null;
  const component = tree?.asGeneralComponent() ?? undefined;
  for (const name of component !== undefined ? (fields.properties ?? []) : []) {
    if (component && TreeComponent.hasProperty(component, name)) {
      result[name] = (component.data as Record<string, unknown>)[name];
    }
  }
  return result;
}
