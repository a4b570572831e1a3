/** How attribute values are prepared for the view: what a structured clone refuses is dropped here. */

const classAttributes = new Set([
  'hover-class', 'hoverClass', 'placeholder-class', 'placeholderClass', 'indicator-class', 'indicatorClass',
  'mask-class', 'maskClass', 'selectable-class', 'active-class', 'activeClass',
]); // biome-ignore format: one list

/** Whether the attribute's value is a list of class names of the component it stands in. */
export function namesClasses(attribute: string): boolean {
  return classAttributes.has(attribute);
}

/** Whether a relative value of the attribute is a file beside the component (not beside the page). */
export function resolvesAgainstComponent(tag: string, attribute: string): boolean {
  return (attribute === 'src' || attribute === 'poster') && tag !== 'web-view';
}

/** The value as it can cross the port: JSON-like, without functions, symbols and cycles. */
export function attributeValue(value: unknown): unknown {
  switch (typeof value) {
    case 'object':
      return value === null ? null : plainCopy(value, 0);
    case 'function':
    case 'symbol':
      return undefined;
    case 'bigint':
      return String(value);
    default:
      return value;
  }
}

/** Deeper than any data a component reads; a cycle ends here. */
const maximumDepth = 32;

function plainCopy(value: object, depth: number): unknown {
  if (depth > maximumDepth) return null;
  if (value instanceof Date) return value.getTime();
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map((item) => copyMember(item, depth));
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = copyMember((value as Record<string, unknown>)[key], depth);
    if (member !== undefined) copy[key] = member;
  }
  return copy;
}

function copyMember(member: unknown, depth: number): unknown {
  return typeof member === 'object' && member !== null ? plainCopy(member, depth + 1) : attributeValue(member);
}
