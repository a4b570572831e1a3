/**
 * What text in an editor can be: the list of formats that the dialect documents, under its names. What is not on it is
 * never made, wherever it comes from (typing, pasting, `setContents`).
 */

import Block, { BlockEmbed } from 'quill/blots/block.js';
import Break from 'quill/blots/break.js';
import Cursor from 'quill/blots/cursor.js';
import Inline from 'quill/blots/inline.js';
import Scroll from 'quill/blots/scroll.js';
import TextBlot from 'quill/blots/text.js';
import { Parchment } from 'quill/core';
import Bold from 'quill/formats/bold.js';
import Header from 'quill/formats/header.js';
import IndentClass from 'quill/formats/indent.js';
import Italic from 'quill/formats/italic.js';
import ListItem, { ListContainer } from 'quill/formats/list.js';
import Script from 'quill/formats/script.js';
import Strike from 'quill/formats/strike.js';
import Underline from 'quill/formats/underline.js';
import type { EditorHooks } from './contract';
import { customBlockBlot } from './custom-block';
import { pictureBlot } from './picture';

const { Registry, Scope, StyleAttributor } = Parchment;

/** Formats that are a style of characters, by the dialect's name. */
const characterStyles: Record<string, string> = {
  color: 'color',
  backgroundColor: 'background-color',
  font: 'font',
  fontSize: 'font-size',
  fontStyle: 'font-style',
  fontVariant: 'font-variant',
  fontWeight: 'font-weight',
  fontFamily: 'font-family',
  letterSpacing: 'letter-spacing',
  textDecoration: 'text-decoration',
};

/** Formats that are a style of a whole line. */
const lineStyles: Record<string, string> = {
  align: 'text-align',
  direction: 'direction',
  lineHeight: 'line-height',
  textIndent: 'text-indent',
  wordWrap: 'word-wrap',
  wordBreak: 'word-break',
  whiteSpace: 'white-space',
  margin: 'margin',
  marginTop: 'margin-top',
  marginBottom: 'margin-bottom',
  marginLeft: 'margin-left',
  marginRight: 'margin-right',
  padding: 'padding',
  paddingTop: 'padding-top',
  paddingBottom: 'padding-bottom',
  paddingLeft: 'padding-left',
  paddingRight: 'padding-right',
};

/** Text that was put in: `<ins>`. */
class Inserted extends Inline {
  static override blotName = 'ins';
  static override tagName = 'INS';
}

class Divider extends BlockEmbed {
  static override blotName = 'divider';
  static override tagName = 'HR';
}

/** A style that takes any value without an address in it. */
class SafeStyle extends StyleAttributor {
  override canAdd(node: HTMLElement, value: unknown): boolean {
    return super.canAdd(node, value) && !/url\(|expression|[<>{};]/i.test(String(value));
  }
}

/** Colours are told as they are mostly given, `#rrggbb`; the browser keeps them in a form of its own. */
class ColourStyle extends SafeStyle {
  override value(node: HTMLElement): string {
    const text: string = super.value(node);
    const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(text);
    if (parts === null) return text;
    return `#${parts
      .slice(1)
      .map((part) => Number(part).toString(16).padStart(2, '0'))
      .join('')}`;
  }
}

export function editorRegistry(hooks: EditorHooks): InstanceType<typeof Registry> {
  const registry = new Registry();
  registry.register(Scroll, Block, Break, Cursor, Inline, TextBlot);
  registry.register(Bold, Italic, Underline, Strike, Script, Header, ListContainer, ListItem, IndentClass);
  registry.register(Inserted, Divider, pictureBlot(hooks), customBlockBlot(hooks));
  for (const [name, property] of Object.entries(characterStyles)) {
    const Style = /color$/i.test(name) ? ColourStyle : SafeStyle;
    registry.register(new Style(name, property, { scope: Scope.INLINE }));
  }
  for (const [name, property] of Object.entries(lineStyles)) {
    registry.register(new SafeStyle(name, property, { scope: Scope.BLOCK }));
  }
  return registry;
}

/** A value as the dialect gives it, as the editor takes it; `false` takes the format away. */
export function toEditor(name: string, value: unknown): unknown {
  if (value === null || value === undefined || value === '' || value === false) return false;
  switch (name) {
    case 'header':
      return Number(String(value).replace(/^h/i, '')) || false;
    case 'list':
      return value === 'check' ? 'unchecked' : value;
    case 'align':
      return value === 'left' ? false : value;
    case 'direction':
      return value === 'rtl' ? 'rtl' : false;
    case 'indent':
      return typeof value === 'number' && value > 0 ? `+${value}` : String(value);
    default:
      return value;
  }
}

/** Formats as the dialect tells them. */
export function fromEditor(formats: Record<string, unknown>): Record<string, unknown> {
  const told = { ...formats };
  if (told['list'] === 'unchecked' || told['list'] === 'checked') told['list'] = 'check';
  delete told['list-container'];
  return told;
}

/** Formats without a value: asked for again, they go. */
export const switched: ReadonlySet<string> = new Set(['bold', 'italic', 'underline', 'strike', 'ins']);
