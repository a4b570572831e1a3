/**
 * The document of a frame and the policy in it.
 *
 * A frame inherits the shell's policy header and tightens it here: no network of any kind but pictures and media
 * through the gate, no script but the bootstrap and Blobs that the shell hands over. It is the shell's `frame-src`
 * that keeps a frame from navigating itself elsewhere.
 */
import { hash, script } from 'mezze:frame-bootstrap';

export type FrameRole = 'view' | 'logic';

export function policyOf(role: FrameRole, origin: string): string {
  const shared = ["default-src 'none'", `script-src '${hash}' blob:`, "base-uri 'none'", "form-action 'none'"];
  if (role === 'logic') return [...shared, 'worker-src blob:'].join('; ');
  const media = `${origin}/gate/media/`;
  return [
    ...shared,
    // The map's own worker; the frame runs no code of the app, and the policy goes for workers too.
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    `img-src blob: data: ${media}`,
    'font-src blob: data:',
    `media-src blob: ${media}`,
  ].join('; ');
}

export function frameDocument(role: FrameRole, origin: string): string {
  return [
    '<!doctype html><html><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policyOf(role, origin)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<script>${script}</script></head><body></body></html>`,
  ].join('');
}
