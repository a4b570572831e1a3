/**
 * `loadFontFace`: the shell reads the font, from wherever it is; pages get it through their frames, canvases from the
 * worker itself. A global font goes to every page that is opened later too.
 */
import type { OpenPage } from '../app/page';
import type { Pages } from '../app/pages';
import type { FontHost } from '../boot/canvas-host';
import type { Bridge } from '../bridge/bridge';
import type { Reporter } from '../support/reporter';
import type { CallImplementation } from './context';
import type { Arguments } from './outcome';

export interface Font {
  family: string;
  data: ArrayBuffer;
  descriptors: { style?: string; weight?: string; variant?: string };
}

export class Fonts {
  private readonly everywhere: Font[] = [];

  constructor(
    private readonly bridge: Bridge,
    private readonly pages: Pages,
    private readonly reporter: Reporter,
    private readonly host: FontHost | undefined,
  ) {}

  /** Gives a page that was just opened the fonts that all pages have. */
  opened(page: OpenPage): void {
    for (const font of this.everywhere) {
      this.toPage(page, font).catch((failure: unknown) => this.reporter.warn(`loadFontFace: ${String(failure)}`));
    }
  }

  readonly load: CallImplementation = (args, settle) => {
    this.run(args).then(
      () => settle({ ok: true, value: { status: 'loaded' } }),
      (failure: unknown) => {
        const reason = failure instanceof Error ? failure.message : String(failure);
        settle({ ok: false, failure: { errMsg: `loadFontFace:fail ${reason}`, status: 'error' } });
      },
    );
  };

  private async run(args: Arguments): Promise<void> {
    const font = await this.read(args);
    const scopes = Array.isArray(args.scopes) ? args.scopes : ['webview', 'native'];
    const page = this.pages.current;
    const everywhere = args.global === true || page === undefined;
    if (scopes.includes('native')) await this.host?.add(font.family, font.data, font.descriptors);
    if (!scopes.some((scope) => scope === 'webview' || scope === 'skyline')) return;
    if (everywhere) this.everywhere.push(font);
    if (page === undefined) return;
    const shown = everywhere ? this.pages.all() : [page];
    await Promise.all(shown.map((one) => this.toPage(one, font)));
  }

  private async toPage(page: OpenPage, font: Font): Promise<void> {
    await page.backend.link.invoke(0, 'loadFontFace', [font]);
  }

  private read({ family, source, desc }: Arguments): Promise<Font> {
    const address = /^\s*url\(\s*(["']?)([\s\S]*?)\1\s*\)/i.exec(String(source))?.[2] ?? String(source).trim();
    const descriptors = (typeof desc === 'object' && desc !== null ? desc : {}) as Font['descriptors'];
    return new Promise((resolve, reject) => {
      this.bridge.call('readFont', { source: address }, 0, (result) => {
        if (result.ok) resolve({ family: String(family), data: result.value.data as ArrayBuffer, descriptors });
        else reject(new Error(result.failure.errMsg.replace('readFont:fail ', '')));
      });
    });
  }
}
