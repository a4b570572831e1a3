/** A package that may be run: freshly verified, or kept on this device. */
import type { Bytes } from './bytes';
import { refuse } from './refusal';
import type { TrustedSigners } from './signing';
import { type ReleaseFacts, readFiles, type StoredPackage } from './store';
import type { PackageFile, VerifiedPackage } from './verify';

export interface OpenedPackage {
  readonly appId: string;
  readonly version: string;
  readonly digest: string;
  readonly signers: TrustedSigners;
  /** When the platform countersigned it, seconds since 1970. */
  readonly countersigned: number;
  readonly development: boolean;
  /** A version for testers. */
  readonly trial: boolean;
  readonly size: number;
  readonly list: readonly PackageFile[];
  has(path: string): boolean;
  /** Reads several files at once; a path that is not in the package is refused. */
  read(paths: readonly string[]): Promise<Bytes[]>;
}

export function openVerified(verified: VerifiedPackage, facts: ReleaseFacts): OpenedPackage {
  return {
    ...shared(verified, facts),
    has: (path) => verified.content.has(path),
    read: async (paths) => paths.map((path) => verified.content.get(path) ?? missing(path)),
  };
}

export function openStored(stored: StoredPackage): OpenedPackage {
  const files = new Map<string, PackageFile>(stored.list.map((file) => [file.path, file]));
  return {
    ...shared(stored, stored),
    has: (path) => files.has(path),
    read: async (paths) => readFiles(paths.map((path) => files.get(path) ?? missing(path))),
  };
}

function shared(
  release: Pick<StoredPackage, 'appId' | 'version' | 'digest' | 'list' | 'signed'>,
  { signers, development, trial }: ReleaseFacts,
) {
  const { appId, version, digest, list, signed } = release;
  const countersigned = signed.find(({ statement }) => statement.role === 'platform')?.statement.created ?? 0;
  const size = list.reduce((total, file) => total + file.size, 0);
  return { appId, version, digest, signers, countersigned, development, trial, size, list };
}

function missing(path: string): never {
  return refuse('content', `${path} is not in the package`);
}
