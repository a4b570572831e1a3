/** Adds a font to the page (`loadFontFace`); its bytes came with the request. */

const families = /^[^;{}<>]{1,200}$/;

export async function addFont(value: unknown): Promise<void> {
  const { family, data, descriptors } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (typeof family !== 'string' || !families.test(family)) throw new Error('the family has no usable name');
  if (!(data instanceof ArrayBuffer)) throw new Error('there is no font');
  const given = (typeof descriptors === 'object' && descriptors !== null ? descriptors : {}) as Record<string, unknown>;
  const known = ['style', 'weight', 'variant'].filter((name) => typeof given[name] === 'string');
  // `variant` is the dialect's name; a browser's font faces have no such descriptor and leave it alone.
  const face = new FontFace(
    family.replace(/^["']|["']$/g, ''),
    data,
    Object.fromEntries(known.map((name) => [name, given[name]])),
  );
  await face.load();
  document.fonts.add(face);
}
