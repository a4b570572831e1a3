/**
 * Takes defences away on their way from the platform to the browser, so that an attack can be seen to bite. Nothing in
 * the product knows of it: the built texts are rewritten, and a text in which a defence is not found is a failure.
 */
import type { BrowserContext } from '@playwright/test';

interface Defence {
  in: 'shell' | 'logic' | 'view';
  /** As the built text has it; names that a minifier gives are left open. */
  text: RegExp;
  instead: string;
}

const rewritten = {
  /** The policy that a frame carries itself. */
  'policy of the frame': { in: 'shell', text: /http-equiv="Content-Security-Policy"/, instead: 'http-equiv="x-nothing"' },
  'sandbox of the frame': { in: 'shell', text: /[`'"]allow-scripts[`'"]/, instead: '"allow-scripts allow-same-origin allow-top-navigation allow-popups allow-forms allow-downloads"' },
  /** A frame that loads a second document is ended. */
  'one document a frame': { in: 'shell', text: /this\.#(\w+)\+=1,this\.#\1>1\?/, instead: 'this.#$1+=1,this.#$1>99?' },
  'globals are cut': { in: 'logic', text: /Reflect\.deleteProperty\(/, instead: 'Reflect.has(' },
  'scripts of the shell alone': { in: 'logic', text: /run\((\w+)\)\{\w+\(\1\)\|\|\w+\(\);/, instead: 'run($1){' },
  'a tap is proved': { in: 'shell', text: /&&!await this\.app\.gestures\.take\((\w+)\.gesture\)\)/, instead: '&&!1)' },
  'a tap counts once': { in: 'shell', text: /this\.#(\w+)\.delete\((\w+)\),(\w+)===void 0\|\|performance\.now\(\)-\3\.at>=/, instead: '$3===void 0||performance.now()-$3.at>=' },
  'only in front': { in: 'shell', text: /!this\.app\.inFront&&\w+\.has\(\w+\)/, instead: '!1' },
  'names of elements': { in: 'view', text: /`mz-\$\{(\w+)\.toLowerCase\(\)/, instead: '`${$1.toLowerCase()' },
  'names of attributes': { in: 'view', text: /if\(!\w+&&!\w+\.has\((\w+)\)&&!\1\.startsWith\(`data-`\)\)return;/, instead: '' },
  'messages are checked': { in: 'shell', text: /receive\((\w+)\)\{let (\w+)=(\w+)\((\w+),\1\);\2\.success\?this\.#(\w+)\(\2\.output\):/, instead: 'receive($1){this.#$5($1);return;let $2=$3($4,$1);$2.success?0:' },
  'box of open-data': { in: 'view', text: /width: 100%; height: 100%; contain: strict/, instead: 'width: 100%; height: 100%' },
  'pings that can’t be guessed': { in: 'shell', text: /\[(\w+)=0\]=crypto\.getRandomValues\(new Uint32Array\(1\)\);(?=this\.#\w+\.size<)/, instead: '[$1=0]=[7];' },
  'opener by the shell’s word': { in: 'shell', text: /(\w+)=\{appId:(\w+)\.id,\.\.\.(\w+)===void 0/, instead: '$1={appId:$3.appId,...$3===void 0' },
  'storage by user': { in: 'shell', text: /this\.refused=(\w+),this\.#(\w+)=\[(\w+),(\w+)\]\}async read\(\)\{let\{files/, instead: 'this.refused=$1,this.#$2=["everybody",$4]}async read(){let{files' },
  'storage by app': { in: 'shell', text: /this\.refused=(\w+),this\.#(\w+)=\[(\w+),(\w+)\]\}async read\(\)\{let\{files/, instead: 'this.refused=$1,this.#$2=[$3,"every-app"]}async read(){let{files' },
  /** Whoever was the first owner of an app's data here is its owner, whatever key signs. */
  'storage by signer': { in: 'shell', text: /\.find\(\(\{keys:(\w+)\}\)=>\1\.includes\(\w+\)\)/, instead: '.find(()=>!0)' },
  'limit of nodes': { in: 'view', text: /nodes:1e5,depth:512/, instead: 'nodes:1e9,depth:1e9' },
  'limit of waiting batches': { in: 'view', text: /unacknowledgedBatches:2/, instead: 'unacknowledgedBatches:1e9' },
  'pages by their own numbers': { in: 'shell', text: /this\.app\.stack\.find\((\w+)\.pageId\)\?\?this\.app\.stack\.current/, instead: 'this.app.stack.current' },
  'only taps of people answer': { in: 'shell', text: /this\.ready&&\w+\.isTrusted&&/, instead: '' },
} as const satisfies Record<string, Defence>;

/** Launches Chromium without its own wall between pages and this machine, where the counting server is. */
export const withLocalNetwork = {
  executablePath: process.env.MEZZE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebRTC,PrivateNetworkAccessSendPreflights,BlockInsecurePrivateNetworkRequests'],
};

/** The header that the shell's document comes with, which frames inherit. */
export type DefenceName = keyof typeof rewritten | 'policy of the shell';

const defences: Readonly<Record<string, Defence>> = rewritten;

/**
 * Rewrites what the context loads from the platform. The context must block service workers, which would answer from
 * what they kept.
 *
 * @throws where a defence is not in the built texts, or more than once.
 */
export async function withoutDefence(context: BrowserContext, address: string, ...names: DefenceName[]): Promise<void> {
  const texts = await built(address);
  for (const name of names) {
    const defence = defences[name];
    if (defence === undefined) continue;
    const { text } = texts[defence.in];
    const count = [...text.matchAll(new RegExp(defence.text, 'g'))].length;
    if (count !== 1) throw new Error(`the defence "${name}" is ${count} times in the ${defence.in}’s built text, once is wanted: ${defence.text}`);
    texts[defence.in].text = text.replace(defence.text, defence.instead);
  }
  for (const { path, text } of Object.values(texts)) {
    await context.route(`**${path}`, async (route) => route.fulfill({ response: await route.fetch(), body: text }));
  }
  if (!names.includes('policy of the shell')) return;
  await context.route(
    (url) => url.pathname === '/' || url.pathname.startsWith('/miniapp/'),
    async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      if (headers['content-security-policy'] === undefined) throw new Error(`${route.request().url()} has no policy to take away`);
      delete headers['content-security-policy'];
      await route.fulfill({ response, headers });
    },
  );
}

interface Built {
  path: string;
  text: string;
}

/** The shell's script and the two runtimes that it names. */
async function built(address: string): Promise<Record<Defence['in'], Built>> {
  const read = async (path: string): Promise<Built> => ({ path, text: await (await fetch(`${address}${path}`)).text() });
  const page = await (await fetch(`${address}/`)).text();
  const shell = await read(found(page, /\/assets\/index-[\w-]+\.js/));
  const [logic, view] = await Promise.all([read(found(shell.text, /\/assets\/runtime-logic-[\w-]+\.js/)), read(found(shell.text, /\/assets\/runtime-view-[\w-]+\.js/))]);
  return { shell, logic, view };
}

function found(text: string, pattern: RegExp): string {
  const match = pattern.exec(text);
  if (match === null) throw new Error(`nothing in the built text looks like ${pattern}`);
  return match[0];
}
