/** Makes the pages of an app: code package, style sheets, sizes, and the frame that each gets. */
import type { PageConfig, PageOpen, WindowMetrics } from '../../../runtime/protocol';
import type { LayoutDefaults } from '../../../runtime/protocol/frame-port';
import { languageTag } from '../localization';
import type { OpenedPackage, PartProgress } from '../package/opened';
import { refuse } from '../package/refusal';
import { type CodeBlobs, codeBlobs } from './code';
import { pageMetrics } from './metrics';
import type { MiniApp } from './mini-app';
import { PackagedFiles } from './packaged-files';
import { Page, type PageAttachment, type PageEvents } from './page';
import type { PageAddress } from './page-url';
import { windowOf } from './theme';

type OpenType = PageOpen['openType'];

/** Stands for a page that the app does not have. */
const noPage: PageConfig = {
  package: '',
  window: {},
  styles: [],
  usingComponents: {},
  componentGenerics: {},
  componentPlaceholder: {},
  component: false,
  styleScope: null,
  hasScript: false,
  hasTemplate: false,
};

export class PageFactory {
  readonly packagedFiles: PackagedFiles;
  readonly #loaded = new Set<string>();
  readonly #loading = new Map<string, Promise<void>>();
  #next = 1;

  constructor(
    private readonly app: MiniApp,
    private readonly opened: OpenedPackage,
    private readonly events: PageEvents,
  ) {
    this.packagedFiles = new PackagedFiles(opened);
  }

  isTab(path: string): boolean {
    return (this.app.tabBar?.indexOf(path) ?? -1) >= 0;
  }

  /** Code of the main package, then of the first page's subpackage; an independent one starts alone. */
  firstCode(path: string): Promise<(CodeBlobs & { root: string })[]> {
    const root = this.app.config.pages[path]?.package ?? '';
    const roots = this.isIndependent(root) ? [root] : [...new Set(['', root])];
    return Promise.all(roots.map((one) => this.#code(one)));
  }

  isIndependent(root: string): boolean {
    return this.app.config.packages.some((code) => code.root === root && code.independent);
  }

  /** Gives logic a code package that it does not have yet, after the main one unless it is independent. */
  async loadPackage(root: string): Promise<void> {
    if (root !== '' && !this.isIndependent(root)) await this.loadPackage('');
    const known = this.#loading.get(root);
    if (known !== undefined) return known;
    if (this.#loaded.has(root)) return;
    const running = this.#load(root);
    this.#loading.set(root, running);
    try {
      await running;
    } finally {
      this.#loading.delete(root);
    }
  }

  async #load(root: string): Promise<void> {
    const wasHere = await this.opened.holds(root);
    const { scripts, templates, readsFiles } = await this.#code(root);
    const { given } = this.packagedFiles;
    if (given ? !wasHere : readsFiles) {
      const files = given ? await this.packagedFiles.ofPart(root) : await this.packagedFiles.contents();
      this.app.bridge.event('files.packaged', { files });
    }
    this.app.post({ k: 'package', root, scripts, templates });
  }

  /** Fetches a code package that is not on the device, without running it. */
  fetchPackage(root: string, progress?: PartProgress): Promise<void> {
    return this.opened.ensure(root, progress);
  }

  async openPage(address: PageAddress, openType: OpenType): Promise<Page> {
    const page = this.createPage(address, openType);
    const [attachment] = await Promise.all([this.attachment(page), this.loadPackage(page.config.package)]);
    const port = page.attach(attachment);
    this.app.post({ k: 'page.open', page: page.opening(this.metrics(page)) }, [port]);
    return page;
  }

  createPage({ path, query }: PageAddress, openType: OpenType): Page {
    const { config, surface, theme } = this.app;
    const view = surface.takeView();
    const id = this.#next;
    this.#next += 1;
    const settings = windowOf(config, path, theme);
    const page = config.pages[path] ?? noPage;
    return new Page(id, path, query, openType, this.isTab(path), page, settings, view, this.events);
  }

  async attachment(page: Page): Promise<PageAttachment> {
    // The app's own style sheet is in the main package, which an independent subpackage does without.
    const root = page.config.package;
    const within = (file: string) => !this.isIndependent(root) || file.startsWith(`style/${root}/`);
    const files = page.config.styles.filter((file) => this.opened.has(file) && within(file));
    const contents = await this.opened.read(files);
    const decoder = new TextDecoder();
    return {
      styles: files.map((file, index) => ({ file, text: decoder.decode(contents[index]) })),
      componentStyle: this.app.config.componentStyle === 'v2' ? 'v2' : 'v1',
      layout: layoutOf(page.config),
      theme: this.app.theme,
      locale: languageTag(),
      safeAreaBottom: this.#hasTabBar(page) ? 0 : this.app.surface.size().insetBottom,
    };
  }

  metrics(page: Page): WindowMetrics {
    const chrome = { customNavigation: page.customNavigation, tabBar: this.#hasTabBar(page) };
    return pageMetrics(this.app.surface.size(), chrome);
  }

  #hasTabBar(page: Page): boolean {
    const { tabBar, single } = this.app;
    // The way into the app stands in its place.
    if (single) return true;
    return page.isTab && tabBar !== undefined && !tabBar.custom && tabBar.visible;
  }

  async #code(root: string): Promise<CodeBlobs & { root: string }> {
    const code = this.app.config.packages.find((one) => one.root === root);
    if (code === undefined) return refuse('manifest', `there is no code package "${root}"`);
    const blobs = await this.app.subpackages.whileFetching(root, this.opened, () => codeBlobs(this.opened, code));
    this.#loaded.add(root);
    return { root, ...blobs };
  }
}

/** Skyline lays out columns of border boxes; an app may ask for the web's way in `rendererOptions`. */
function layoutOf({ renderer, defaultDisplayBlock, defaultContentBox }: PageConfig): LayoutDefaults {
  const skyline = renderer === 'skyline';
  return {
    skyline,
    display: skyline && defaultDisplayBlock !== true ? 'flex' : 'block',
    box: skyline && defaultContentBox !== true ? 'border' : 'content',
  };
}
