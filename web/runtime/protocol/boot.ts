/**
 * How a frame is started. Every frame's `srcdoc` has one small inline script (its hash is in the policy) that
 * waits for this message from its parent, checks `event.source === parent`, and starts `code`:
 * a page frame as a `<script>` from a blob URL, a logic frame as `new Worker(blobUrl)`, passing the port on.
 */
export interface FrameBoot { k: 'mezze.boot'; role: 'view' | 'logic'; code: Blob }
// with one MessagePort transferred: the frame port (view) or the bridge port (logic)
