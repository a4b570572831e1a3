/** Network status as far as a browser tells. */
export interface NetworkStatus {
  isConnected: boolean;
  networkType: string;
}

interface Connection extends EventTarget {
  type?: string;
  effectiveType?: string;
}

function connection(): Connection | undefined {
  return 'connection' in navigator ? (navigator.connection as Connection) : undefined;
}

export function networkStatus(): NetworkStatus {
  if (!navigator.onLine) return { isConnected: false, networkType: 'none' };
  const { type, effectiveType } = connection() ?? {};
  if (type === 'cellular') {
    return { isConnected: true, networkType: effectiveType?.replace('slow-', '') ?? 'unknown' };
  }
  return {
    isConnected: true,
    networkType: type === undefined || type === 'wifi' || type === 'ethernet' ? 'wifi' : 'unknown',
  };
}

/** Whether requests will be slow or fail often, as far as the browser says. */
export function isWeak(): { weakNet: boolean; networkType: string } {
  const { effectiveType } = connection() ?? {};
  return { weakNet: effectiveType === '2g' || effectiveType === 'slow-2g', networkType: networkStatus().networkType };
}

/** Calls back on every change, until the returned function is called. */
export function watchNetwork(changed: (status: NetworkStatus) => void): () => void {
  let last = JSON.stringify(networkStatus());
  const tell = () => {
    const status = networkStatus();
    if (JSON.stringify(status) === last) return;
    last = JSON.stringify(status);
    changed(status);
  };
  const sources: EventTarget[] = [window];
  const current = connection();
  if (current !== undefined) sources.push(current);
  const names = ['online', 'offline', 'change'];
  for (const source of sources) for (const name of names) source.addEventListener(name, tell);
  return () => {
    for (const source of sources) for (const name of names) source.removeEventListener(name, tell);
  };
}
