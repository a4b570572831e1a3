/** A failure in the user's words. */
import { type TextKey, text } from '../localization';
import type { AppFailure } from '../miniapp/failure';

interface FailureTexts {
  title: string;
  advice: string;
}

const refusedChecks = new Set([
  'download',
  'key',
  'seal',
  'container',
  'name',
  'limit',
  'signature-block',
  'signer',
  'signature',
  'content',
  'manifest',
  'identity',
  'update',
  'log',
  'store',
]);

export function failureTexts(failure: AppFailure, name: string): FailureTexts {
  const values = { name };
  switch (failure.kind) {
    case 'refused': {
      const check = refusedChecks.has(failure.code) ? failure.code : 'content';
      return { title: text('failure.refused', values), advice: text(`failure.refused.${check}` as TextKey, values) };
    }
    case 'platform':
      if (failure.code === '404')
        return { title: text('failure.unknown'), advice: text('failure.unknown.advice', values) };
      if (failure.code === '401')
        return { title: text('failure.signed-out'), advice: text('failure.signed-out.advice') };
      if (failure.code === 'dead-link')
        return { title: text('failure.dead-link'), advice: text('failure.dead-link.advice') };
      return { title: text('failure.platform', values), advice: text('failure.platform.advice') };
    case 'withdrawn': {
      const key = failure.code === 'version-too-old' ? 'failure.too-old' : 'failure.withdrawn';
      return { title: text(key, values), advice: failure.detail || text('failure.withdrawn.advice') };
    }
    case 'offline':
      return { title: text('failure.offline'), advice: text('failure.offline.advice', values) };
    case 'stopped':
      return { title: text('failure.stopped', values), advice: text('failure.stopped.advice', { rule: failure.code }) };
    case 'unresponsive':
      return { title: text('failure.unresponsive', values), advice: text('failure.unresponsive.advice') };
    case 'elsewhere':
      return { title: text('failure.elsewhere', values), advice: text('failure.elsewhere.advice') };
    case 'crashed':
      return { title: text('failure.crashed', values), advice: text('failure.crashed.advice') };
  }
}
