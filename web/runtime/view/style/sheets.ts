/**
 * A page's style sheets: the built-ins' defaults, then the app's in cascade order, as constructed sheets (which
 * cannot import anything).
 *
 * An address in a sheet becomes a variable that the document's root defines once the resource has arrived, so that
 * the first paint need not wait for pictures: `background: url(/a.png) #fff` becomes
 * `background: var(--mezze-url-1, none) #fff`.
 */
import type { Resources } from '../resources';
import { loadFontFace, takeFontFaces } from './fonts';
import { completeFonts, convertEnvironment, convertRpx, cssUrl, replaceUrls } from './text';

interface AppSheet {
  file: string;
  /** Rewritten text; colour scheme queries still as written. */
  text: string;
  sheet: CSSStyleSheet;
}

export class StyleSheets {
  readonly #base = new CSSStyleSheet();
  readonly #variables = new CSSStyleSheet();
  readonly #app: AppSheet[] = [];
  readonly #urls = new Map<string, string>();
  #theme: 'light' | 'dark' = 'light';

  constructor(
    private readonly resources: Resources,
    baseText: string,
  ) {
    this.#base.replaceSync(baseText);
    this.#variables.replaceSync(':root{}');
    this.#adopt();
  }

  /** Adds sheets at the end of the cascade; one of the same file takes the place of the older. */
  add(styles: readonly { file: string; text: string }[]): void {
    for (const { file, text } of styles) {
      const rewritten = this.#rewrite(text);
      const known = this.#app.find((entry) => entry.file === file);
      const entry = known ?? { file, text: '', sheet: new CSSStyleSheet() };
      entry.text = rewritten;
      this.#fill(entry);
      if (known === undefined) this.#app.push(entry);
    }
    this.#adopt();
  }

  setTheme(theme: 'light' | 'dark'): void {
    this.#theme = theme;
    document.documentElement.dataset['mezzeTheme'] = theme;
    document.documentElement.style.colorScheme = theme;
    for (const entry of this.#app) if (/prefers-color-scheme/i.test(entry.text)) this.#fill(entry);
  }

  #adopt(): void {
    document.adoptedStyleSheets = [this.#base, this.#variables, ...this.#app.map((entry) => entry.sheet)];
  }

  /** The frame's own colour scheme may differ from the super app's, so the queries are answered here. */
  #fill(entry: AppSheet): void {
    const text = entry.text.replace(colourScheme, (_, scheme: string) =>
      scheme.toLowerCase() === this.#theme ? '(min-width:0px)' : '(max-width:0px)',
    );
    entry.sheet.replaceSync(text);
  }

  #rewrite(given: string): string {
    let text = convertEnvironment(given);
    if (/rpx/i.test(text)) text = convertRpx(text);
    if (/@font-face/i.test(text)) {
      const taken = takeFontFaces(text);
      text = taken.text;
      for (const rule of taken.rules) void loadFontFace(rule, this.resources);
    }
    text = completeFonts(text);
    return /url\(/i.test(text) ? replaceUrls(text, (address) => this.#variable(address)) : text;
  }

  #variable(address: string): string {
    if (/^(data:|#)/i.test(address)) return cssUrl(address);
    const known = this.#urls.get(address);
    if (known !== undefined) return `var(${known},none)`;
    const name = `--mezze-url-${this.#urls.size + 1}`;
    this.#urls.set(address, name);
    this.resources.resolve(address, 'image').then(
      (url) => {
        const rule = this.#variables.cssRules[0];
        if (rule instanceof CSSStyleRule) rule.style.setProperty(name, cssUrl(url));
      },
      () => undefined,
    );
    return `var(${name},none)`;
  }
}

const colourScheme = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi;
