/**
 * How a frame is started. Every frame's `srcdoc` has one small inline script (its hash is in the policy) that
 * waits for this message from its parent, checks `event.source === parent`, and starts `code`:
 * a page frame as a `<script>` from a blob URL, a logic frame as `new Worker(blobUrl)`, passing the port on.
 *
 * How the port reaches the code:
 * - logic: the worker's first `message` event has the data `{ k: 'mezze.boot' }` and the bridge port in `ports[0]`;
 * - view: once the script has run, the window gets one `MessageEvent` of type `mezze.boot` with the frame port in
 *   `ports[0]` (`addEventListener('mezze.boot', (event) => (event as MessageEvent).ports[0])`).
 * The code answers `booted` on that port. A script or worker that fails before it does is reported to the parent
 * as `{ k: 'mezze.boot.failed', message }`.
 */
export interface FrameBoot {
  k: 'mezze.boot';
  role: 'view' | 'logic';
  code: Blob;
}
// with one MessagePort transferred: the frame port (view) or the bridge port (logic)
export interface FrameBootFailed {
  k: 'mezze.boot.failed';
  message: string;
}
