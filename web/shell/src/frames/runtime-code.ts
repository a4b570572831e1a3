/** The two runtime bundles as Blobs: part of the shell's files, fetched once. */
import logicUrl from 'mezze:runtime/logic';
import viewUrl from 'mezze:runtime/view';
import type { FrameRole } from './document';

const urls: Record<FrameRole, string> = { logic: logicUrl, view: viewUrl };
const loaded = new Map<FrameRole, Promise<Blob>>();

export function runtimeCode(role: FrameRole): Promise<Blob> {
  const known = loaded.get(role);
  if (known !== undefined) return known;
  const code = load(role);
  loaded.set(role, code);
  code.catch(() => loaded.delete(role));
  return code;
}

async function load(role: FrameRole): Promise<Blob> {
  const response = await fetch(urls[role]);
  if (!response.ok) throw new Error(`the ${role} runtime is missing: ${urls[role]} answered ${response.status}`);
  return new Blob([await response.arrayBuffer()], { type: 'text/javascript' });
}
