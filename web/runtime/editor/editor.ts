/**
 * The rich text editor, Quill's core with a list of formats of our own (formats.ts). It sets no HTML: what comes as
 * HTML is read by an inert parser and turned into a delta, which makes only what is on the list.
 */
import Quill, { Delta, type Range } from 'quill/core';
import type { Contents, CreateEditor, EditorHooks, EditorOptions, RunningEditor } from './contract';
import { customBlock, newBlockId } from './custom-block';
import { editorRegistry, fromEditor, switched, toEditor } from './formats';
import { htmlOf } from './html';
import { ImageTools, type Tools } from './image-tools';

type Args = Record<string, unknown>;

const longestHtml = 1_000_000;
/** Elements whose text is no text of the document. */
const silent = ['script', 'noscript', 'template', 'title', 'iframe', 'object', 'svg', 'math', 'select'];

export const createEditor: CreateEditor = (host, options, hooks) => new Editor(host, options, hooks);

class Editor implements RunningEditor {
  readonly #quill: Quill;
  readonly #tools: ImageTools;
  #focused = false;

  constructor(host: HTMLElement, { placeholder, readOnly }: EditorOptions, hooks: EditorHooks) {
    const quill = new Quill(host, {
      registry: editorRegistry(hooks),
      placeholder,
      readOnly,
      modules: { toolbar: false, history: { delay: 500, maxStack: 200, userOnly: false }, uploader: { mimetypes: [] } },
    });
    this.#quill = quill;
    this.#tools = new ImageTools(quill, host);
    for (const tag of silent) quill.clipboard.addMatcher(tag, () => new Delta());
    quill.root.setAttribute('role', 'textbox');
    quill.root.setAttribute('aria-multiline', 'true');
    quill.on('text-change', (_change, _before, source) => {
      if (source !== 'silent') hooks.changed(this.#contents());
      this.#tellFormats(hooks);
    });
    quill.on('selection-change', (range) => {
      if (range !== null) this.#tellFormats(hooks);
    });
    quill.root.addEventListener('focus', () => {
      if (this.#focused) return;
      this.#focused = true;
      hooks.focused(this.#contents());
    });
    quill.root.addEventListener('blur', () => {
      this.#focused = false;
      hooks.blurred(this.#contents());
    });
  }

  setReadOnly(readOnly: boolean): void {
    this.#quill.enable(!readOnly);
  }

  setPlaceholder(text: string): void {
    this.#quill.root.dataset['placeholder'] = text;
    this.#quill.root.setAttribute('aria-label', text);
  }

  setImageTools(tools: Tools): void {
    this.#tools.set(tools);
  }

  call(method: string, args: Args): unknown {
    const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (run === undefined) throw new Error(`an editor has no method ${method}`);
    return run(this.#quill, args, this);
  }

  contents(): Contents {
    return this.#contents();
  }

  #contents(): Contents {
    const { root } = this.#quill;
    return { html: htmlOf(root), text: this.#quill.getText(), delta: plain(this.#quill.getContents()) };
  }

  #tellFormats(hooks: EditorHooks): void {
    const range = this.#quill.getSelection();
    if (range !== null) hooks.formats(fromEditor(this.#quill.getFormat(range)));
  }
}

type Method = (quill: Quill, args: Args, editor: Editor) => unknown;

const methods: Record<string, Method> = {
  format: (quill, { name, value }) => {
    const format = String(name);
    const range = selected(quill);
    const current = quill.getFormat(range)[format];
    const wanted = toEditor(format, value);
    // Without a value, and where the text has it already, a format is taken away again.
    const next = switched.has(format)
      ? value === undefined || value === null || value === ''
        ? current !== true
        : wanted
      : current !== undefined && current === wanted
        ? false
        : wanted;
    quill.format(format, next, 'user');
  },
  insertText: (quill, { text, formats }) => {
    const range = removed(quill);
    const given = typeof formats === 'object' && formats !== null ? (formats as Args) : {};
    const converted = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, toEditor(name, value)]));
    quill.insertText(range.index, String(text ?? ''), converted, 'user');
    quill.setSelection(range.index + String(text ?? '').length, 0, 'user');
  },
  insertDivider: (quill) => {
    const range = removed(quill);
    quill.insertText(range.index, '\n', 'user');
    quill.insertEmbed(range.index + 1, 'divider', true, 'user');
    quill.setSelection(range.index + 2, 0, 'user');
  },
  insertImage: (quill, args) => {
    const { src, nowrap } = args;
    if (typeof src !== 'string' || src === '') throw new Error('src is missing');
    const range = removed(quill);
    const wraps = nowrap !== true;
    const start = wraps && range.index > 0 ? range.index + 1 : range.index;
    if (start !== range.index) quill.insertText(range.index, '\n', 'user');
    quill.insertEmbed(start, 'image', src, 'user');
    quill.formatText(start, 1, pictureFormats(args), 'user');
    if (wraps) quill.insertText(start + 1, '\n', 'user');
    quill.setSelection(start + (wraps ? 2 : 1), 0, 'user');
  },
  insertCustomBlock: (quill, { nowrap }) => {
    const blockId = newBlockId();
    const range = removed(quill);
    const start = range.index > 0 ? range.index + 1 : range.index;
    if (start !== range.index) quill.insertText(range.index, '\n', 'user');
    quill.insertEmbed(start, customBlock.name, blockId, 'user');
    // A line follows in any case, the rest of the one that was split.
    quill.setSelection(nowrap === true ? start : start + 1, 0, 'user');
    return { blockId };
  },
  getContents: (_quill, _args, editor) => editor.contents(),
  setContents: (quill, { delta, html }) => {
    if (typeof delta === 'object' && delta !== null) {
      const { ops } = delta as { ops?: unknown };
      if (!Array.isArray(ops)) throw new Error('the delta has no ops');
      quill.setContents(new Delta(ops as never), 'api');
    } else if (typeof html === 'string') {
      quill.setContents(quill.clipboard.convert({ html: html.slice(0, longestHtml) }), 'api');
    } else throw new Error('neither delta nor html was given');
    quill.history.clear();
  },
  getSelection: (quill) => ({ range: quill.getSelection() }),
  setSelection: (quill, { index, length }) => quill.setSelection(count(index), count(length), 'api'),
  deleteText: (quill, { index, length }) => void quill.deleteText(count(index), count(length), 'user'),
  getHistoryState: (quill) => {
    const { undo, redo } = quill.history.stack;
    return { undo: undo.length, redo: redo.length };
  },
  getSelectionText: (quill) => {
    const range = quill.getSelection();
    return { text: range === null ? '' : quill.getText(range.index, range.length) };
  },
  getBounds: (quill, { index, length }) => {
    const range = quill.getSelection() ?? { index: 0, length: 0 };
    const at = typeof index === 'number' ? { index, length: Number(length) || 0 } : range;
    const bounds = quill.getBounds(at.index, at.length);
    if (bounds === null) throw new Error('the position is not in the text');
    const { left, top, right, bottom, width, height } = bounds;
    return { bounds: { left, top, right, bottom, width, height } };
  },
  clear: (quill) => void quill.setContents(new Delta(), 'api'),
  removeFormat: (quill) => {
    const { index, length } = selected(quill);
    quill.removeFormat(index, length, 'user');
  },
  undo: (quill) => quill.history.undo(),
  redo: (quill) => quill.history.redo(),
  blur: (quill) => quill.blur(),
  focus: (quill) => quill.focus(),
  scrollIntoView: (quill) => quill.scrollSelectionIntoView(),
};

function count(value: unknown): number {
  return Math.max(0, Math.trunc(Number(value)) || 0);
}

/** What is selected, or was before something else took the focus. */
function selected(quill: Quill): Range {
  return quill.getSelection(true);
}

/** The place where something new goes: what was selected there makes room. */
function removed(quill: Quill): { index: number } {
  const { index, length } = selected(quill);
  if (length > 0) quill.deleteText(index, length, 'user');
  return { index };
}

function pictureFormats({ alt, width, height, extClass, data }: Args): Args {
  const formats: Args = {};
  if (alt !== undefined) formats['alt'] = String(alt);
  if (width !== undefined) formats['width'] = String(width);
  if (height !== undefined) formats['height'] = String(height);
  if (extClass !== undefined) formats['extClass'] = String(extClass);
  if (typeof data === 'object' && data !== null) {
    const pairs = Object.entries(data).map(([name, value]) => `${name}=${String(value)}`);
    formats['data-custom'] = pairs.join('&');
  }
  return formats;
}

/** Plain data, as it can go over a port. */
function plain(delta: Delta): unknown {
  return {
    ops: delta.ops.map(({ insert, attributes }) => (attributes === undefined ? { insert } : { insert, attributes })),
  };
}
