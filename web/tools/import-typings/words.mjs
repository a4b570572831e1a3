/** English words for names: the typings explain in Chinese, the catalog says what it knows in English. */

const units = [
  [/单位[^a-z，。,]{0,4}(ms|毫秒)|\(ms\)|（ms）/, 'ms'],
  [/单位[^a-z，。,]{0,4}(px|像素)/, 'px'],
  [/单位[^a-z，。,]{0,4}(s\b|秒)/, 's'],
  [/单位[^a-z，。,]{0,4}m\/s/, 'm/s'],
  [/单位[^a-z，。,]{0,4}(m\b|米)/, 'm'],
  [/单位[^a-z，。,]{0,4}(bps|kbps|Hz|dB|dBm)/i, (match) => match[1]],
  [/单位[^a-z，。,]{0,4}(B\b|Byte|字节|byte)/, 'B'],
  [/单位[^a-z，。,]{0,4}(KB)/i, 'KB'],
  [/单位[^a-z，。,]{0,4}(MB)/i, 'MB'],
];

export function readUnit(documentation) {
  for (const [pattern, unit] of units) {
    const match = pattern.exec(documentation);
    if (match !== null) return typeof unit === 'string' ? unit : unit(match);
  }
  return undefined;
}

/** The default that the Chinese text names, where it is a literal of the field's type. */
export function readDefault(documentation, types, values) {
  const match = /默认(?:值)?(?:为|是|取)?[：: ]*[`'"]?(-?[\d.]+|true|false|[A-Za-z][\w-]*)[`'"]?/.exec(documentation);
  if (match === null || types.length !== 1) return undefined;
  const [, text] = match;
  if (types[0] === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (types[0] === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  if (types[0] !== 'string' || values === undefined) return undefined;
  return values.includes(text) ? text : undefined;
}

const spelled = new Map(
  Object.entries({
    id: 'id',
    url: 'URL',
    uuid: 'UUID',
    rssi: 'RSSI',
    ble: 'Bluetooth LE',
    nfc: 'NFC',
    hce: 'HCE',
    wifi: 'Wi-Fi',
    voip: 'VoIP',
    ip: 'IP',
    udp: 'UDP',
    tcp: 'TCP',
    ssid: 'SSID',
    bssid: 'BSSID',
    atqa: 'ATQA',
    sak: 'SAK',
    mtu: 'MTU',
    xr: 'XR',
    vk: 'VisionKit',
    qq: 'QQ',
    sms: 'SMS',
    fps: 'FPS',
    err: 'error',
    msg: 'message',
    src: 'source',
    dir: 'folder',
    desc: 'description',
    info: 'information',
    res: 'result',
    num: 'number',
    lng: 'longitude',
    lat: 'latitude',
    bgm: 'background music',
    ext: 'extension',
    temp: 'temporary',
    ap: 'access point',
    iv: 'initial vector',
    dest: 'destination',
  }),
);

/** `getBLEDeviceRSSI` gives `['get', 'BLE', 'device', 'RSSI']`. */
export function wordsOf(name) {
  return name
    .replace(/[._-]/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => spelled.get(word.toLowerCase()) ?? (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
}

function sentence(words) {
  const text = words.join(' ').trim();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export function fieldSummary(name, types) {
  if (name === 'errMsg') return 'The message, `NAME:ok` or `NAME:fail REASON`.';
  if (name === 'errCode') return 'Error code.';
  if (name === 'errno') return 'Error number.';
  const words = wordsOf(name);
  if (types.length === 1 && types[0] === 'boolean') return sentence(booleanWords(words));
  return sentence(words);
}

/** `isCharging` gives "whether it is charging", `enableCache` "whether to enable cache". */
function booleanWords(words) {
  const [first, ...rest] = words;
  if (first === 'is') return ['whether it is', ...rest];
  if (first === 'has') return ['whether it has', ...rest];
  if (
    /^(enable|disable|show|hide|need|use|force|allow|keep|follow|mute|close|open|with|auto)$/.test(first) &&
    rest.length > 0
  )
    return ['whether to', ...words];
  return [...words, '(yes or no)'];
}

const third = (verb) =>
  /(s|sh|ch|x|z|o)$/.test(verb) ? `${verb}es` : /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;

/** A sentence for an API or a method, from its name. */
export function summaryOf(name, kind) {
  const last = name.split('.').at(-1);
  const words = wordsOf(last);
  if (kind === 'value') return sentence(words);
  const synchronous = words.at(-1) === 'sync';
  if (synchronous) words.pop();
  if (kind === 'event') return sentence(['event:', ...words.slice(1)]);
  const [verb, ...rest] = words;
  if (verb === 'on') return sentence(['listens for', ...rest]);
  if (verb === 'off') return sentence(['takes a listener of', ...rest, 'away']);
  if (verb === 'is') return sentence(['whether it is', ...rest]);
  const text = [third(verb), ...rest];
  return synchronous ? sentence([...text, '(synchronous)']) : sentence(text);
}
