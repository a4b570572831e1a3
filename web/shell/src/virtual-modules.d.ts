/** Modules that the build makes (web/build). */
declare module 'mezze:runtime/logic' {
  const url: string;
  export default url;
}
declare module 'mezze:runtime/view' {
  const url: string;
  export default url;
}
declare module 'mezze:runtime/editor' {
  const url: string;
  export default url;
}
declare module 'mezze:frame-bootstrap' {
  /** Text of the one inline script. */
  export const script: string;
  /** Its CSP source, `sha256-…`. */
  export const hash: string;
}
declare module 'mezze:runtime/map' {
  const url: string;
  export default url;
}
