/**
 * Sends a package in parts. The platform knows an upload by the digest of its bytes: asking for it again gives the one
 * that was begun, with how far it came, so that a break, a reload or another day goes on where it was.
 */
import { wait } from '../../../common/promises';
import { call, PlatformProblem, part } from './client';
import { type Upload, uploadSchema } from './schemas';

const partBytes = 1024 * 1024;
/** Tries of one part, with pauses of 1, 2 and 4 seconds. */
const tries = 4;

export interface Progress {
  stage: 'hashing' | 'sending';
  sent: number;
}

export interface UploadOptions {
  signal: AbortSignal;
  progress: (progress: Progress) => void;
  /** For tests: how a pause is made. */
  pause?: (milliseconds: number) => Promise<void>;
}

export class UploadStopped extends Error {
  override name = 'UploadStopped';
}

/** Gives the id of the complete upload. */
export async function uploadPackage(file: Blob, options: UploadOptions): Promise<string> {
  options.progress({ stage: 'hashing', sent: 0 });
  const sha256 = await digestOf(file);
  stopWhereAsked(options.signal);
  const ask = () => call('POST', '/api/v1/uploads', uploadSchema, { body: { size: file.size, sha256 } });
  let upload: Upload = await ask();
  let failures = 0;
  while (upload.offset < file.size) {
    stopWhereAsked(options.signal);
    options.progress({ stage: 'sending', sent: upload.offset });
    try {
      upload = await sendPart(file, upload);
      failures = 0;
    } catch (failure) {
      failures += 1;
      if (!(failure instanceof PlatformProblem) || !mayPass(failure) || failures >= tries) throw failure;
      await (options.pause ?? wait)(1000 * 2 ** (failures - 1));
      stopWhereAsked(options.signal);
      // How far it came is the platform's to say: the part may have arrived, and only the answer been lost.
      upload = await ask().catch(() => upload);
    }
  }
  options.progress({ stage: 'sending', sent: file.size });
  return upload.id;
}

function sendPart(file: Blob, upload: Upload): Promise<Upload> {
  return call('PATCH', `/api/v1/uploads/${part(upload.id)}`, uploadSchema, {
    bytes: file.slice(upload.offset, upload.offset + partBytes),
    headers: { 'upload-offset': String(upload.offset), 'content-type': 'application/offset+octet-stream' },
  });
}

/** A break of the connection, or a part that another tab sent meanwhile. */
function mayPass(problem: PlatformProblem): boolean {
  return problem.unreachable || problem.status === 409;
}

function stopWhereAsked(signal: AbortSignal): void {
  if (signal.aborted) throw new UploadStopped();
}

export async function digestOf(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
