/** A rich text editor. Its script is loaded with the first one; what is asked of it before waits for that. */
import type { CreateEditor, RunningEditor } from '../../editor/contract';
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { Component, part } from '../component';

const defaults = {
  readOnly: false,
  placeholder: '',
  showImgSize: false,
  showImgToolbar: false,
  showImgResize: false,
};
type Values = typeof defaults;

const methodNames: ReadonlySet<string> = new Set([
  'format',
  'insertText',
  'insertDivider',
  'insertImage',
  'insertCustomBlock',
  'getContents',
  'setContents',
  'getSelection',
  'getSelectionText',
  'setSelection',
  'deleteText',
  'getHistoryState',
  'getBounds',
  'clear',
  'removeFormat',
  'undo',
  'redo',
  'blur',
  'focus',
  'scrollIntoView',
]);

/** Loaded once for all editors of the page. */
let script: Promise<CreateEditor> | null = null;

export class Editor extends Component<Values> {
  readonly #place = part('ql-mount', this.host);
  readonly #started: Promise<RunningEditor>;
  #start: (editor: RunningEditor) => void = () => undefined;
  #failed: (reason: Error) => void = () => undefined;
  #editor: RunningEditor | null = null;
  #loading = false;
  /** Places in the text, and what the app draws for them, by block. */
  readonly #places = new Map<string, HTMLElement>();
  readonly #portals = new Map<string, HTMLElement>();

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    this.#started = new Promise((resolve, reject) => {
      this.#start = resolve;
      this.#failed = reject;
    });
    this.#started.catch(() => undefined);
  }

  override get accessibleElement(): HTMLElement {
    const root = this.#place.firstElementChild;
    return root instanceof HTMLElement ? root : this.host;
  }

  override get methods(): ReadonlySet<string> {
    return methodNames;
  }

  override connected(): void {
    if (this.#loading) return;
    this.#loading = true;
    this.#load().then(
      (editor) => {
        this.#editor = editor;
        this.#start(editor);
        this.#applyTools();
        this.emit('ready');
      },
      (reason: unknown) => {
        this.#loading = false;
        const text = reason instanceof Error ? reason.message : String(reason);
        this.context.warn(`<editor>: ${text}`);
        this.#failed(new Error(`the editor could not be loaded: ${text}`));
      },
    );
  }

  override async invoke(method: string, [first, second]: readonly unknown[]): Promise<unknown> {
    const editor = await this.#started;
    const args = method === 'format' ? { name: first, value: second } : first;
    return editor.call(method, typeof args === 'object' && args !== null ? { ...args } : {});
  }

  /** What stands in a block's place from now on; nothing takes it away again. */
  fill(block: string, content: HTMLElement | undefined): void {
    if (content === undefined) this.#portals.delete(block);
    else {
      this.#portals.set(block, content);
      this.#places.get(block)?.append(content);
    }
  }

  protected override update(name: keyof Values): void {
    if (name === 'readOnly') this.#editor?.setReadOnly(this.values.readOnly);
    else if (name === 'placeholder') this.#editor?.setPlaceholder(this.values.placeholder);
    else this.#applyTools();
  }

  #applyTools(): void {
    const { showImgSize, showImgToolbar, showImgResize } = this.values;
    this.#editor?.setImageTools({ size: showImgSize, toolbar: showImgToolbar, resize: showImgResize });
  }

  async #load(): Promise<RunningEditor> {
    script ??= this.context.resources
      .script('editor')
      .then((loaded) => (loaded as { createEditor: CreateEditor }).createEditor);
    try {
      const create = await script;
      const { placeholder, readOnly } = this.values;
      return create(
        this.#place,
        { placeholder, readOnly },
        {
          picture: (src) => this.context.resources.resolve(src, 'image'),
          changed: (contents) => this.#tell('input', { ...contents }),
          formats: (formats) => this.#tell('statuschange', formats),
          focused: (contents) => this.emit('focus', { ...contents }),
          blurred: (contents) => this.emit('blur', { ...contents }),
          block: (id, place) => {
            this.#places.set(id, place);
            const content = this.#portals.get(id);
            if (content !== undefined) place.append(content);
          },
        },
      );
    } catch (error) {
      script = null;
      throw error;
    }
  }

  #tell(type: string, detail: Record<string, unknown>): void {
    if (!this.context.events.listeners.has(this.node, type)) return;
    this.context.events.coalesce(`${type} ${this.node.id}`, () =>
      this.context.events.component(this.node, type, detail),
    );
  }
}
