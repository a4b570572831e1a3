/** Names of services and characteristics: the original writes 128-bit names in capitals, and takes short ones too. */

const base = '-0000-1000-8000-00805F9B34FB';

/** `180D`, `0x180D` or a whole name, as Web Bluetooth wants it: small letters, 36 characters. */
export function canonical(name: unknown): string | undefined {
  const text = String(name).trim().replace(/^0x/i, '');
  if (/^[0-9a-f]{4}$/i.test(text)) return `0000${text}${base}`.toLowerCase();
  if (/^[0-9a-f]{8}$/i.test(text)) return `${text}${base}`.toLowerCase();
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : undefined;
}

/** As apps get it. */
export function shown(uuid: string): string {
  return uuid.toUpperCase();
}

/**
 * Services of the Bluetooth SIG. A browser lets nobody see a service that was not named when the device was chosen, so
 * these are named for apps that name none.
 */
export const standardServices: readonly string[] = [
  0x1800, 0x1801, 0x1802, 0x1803, 0x1804, 0x1805, 0x1808, 0x1809, 0x180a, 0x180d, 0x180e, 0x180f, 0x1810, 0x1811,
  0x1813, 0x1814, 0x1815, 0x1816, 0x1818, 0x1819, 0x181a, 0x181b, 0x181c, 0x181d, 0x181e, 0x181f, 0x1820, 0x1821,
  0x1822, 0x1823, 0x1826, 0x183a, 0x183b, 0xfee7, 0xfff0, 0xffe0, 0xffe5,
].map((number) => `0000${number.toString(16)}${base}`.toLowerCase()); // biome-ignore format: one list
