/** Everything an app keeps on this device and everything the shell noted of it, as one JSON file for its user. */
import type { MiniApp } from '../miniapp/mini-app';

/** Hands the file to the browser's downloads; gives its name. */
export async function exportData(app: MiniApp): Promise<string> {
  const name = `${app.id}-${new Date().toISOString().slice(0, 10)}.json`;
  const text = JSON.stringify(await collect(app), null, 2);
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return name;
}

async function collect(app: MiniApp): Promise<Record<string, unknown>> {
  const storage: Record<string, unknown> = {};
  for (const entry of await app.storage.load()) {
    const text = await entry.value.text();
    Object.defineProperty(storage, entry.key, { value: parsed(text), enumerable: true });
  }
  const { permission } = app;
  return {
    app_id: app.id,
    version: app.release?.package.version,
    developer_key: permission.signer,
    exported: new Date().toISOString(),
    permissions: permission.grants.all.map((grant) => ({
      permission: grant.permission,
      state: grant.state,
      changed: iso(permission.grants.changedAt(grant.permission, grant.signer)),
    })),
    uses: permission.log.contents,
    storage,
    files: await files(app),
  };
}

/** Saved and user files as `data:` URLs. */
async function files(app: MiniApp): Promise<Record<string, unknown>[]> {
  const kept: Record<string, unknown>[] = [];
  for (const { path, modified, data } of app.files.all) {
    if (data !== null) kept.push({ path, modified: iso(modified * 1000), data: await dataUrl(data) });
  }
  return kept;
}

function dataUrl(data: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('a file of the app was not read'));
    reader.readAsDataURL(data);
  });
}

/** Values are kept as JSON; what is not is given as the text that it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function iso(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
