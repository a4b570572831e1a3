/** What the host in Rust (crate mezze-host) gives the runtime, and what it calls: numbers and text only. */

export interface Native {
  /** A message on a port: 0 is the shell's, any other the page port of that page. */
  send(port: number, text: string): void;
  /** Runs a text of the package by its name, which stack traces then have. */
  run(name: string): void;
  runText(name: string, text: string): void;
  text(name: string): string;
  size(name: string): number;
  setTimer(milliseconds: number): number;
  clearTimer(timer: number): void;
  /** Milliseconds since 1970, of a clock that the host moves. */
  now(): number;
  random(): number;
  /** One `setData`: the component, which one of its kind, the length of the data as JSON, and its keys. */
  dataWritten(component: string, instance: number, length: number, keys: string): void;
}

export interface Receiver {
  /** `opened` is the page whose port comes with the message, or 0. */
  receive(port: number, text: string, opened: number): void;
  fire(timer: number): void;
  /** A promise was rejected and nobody had listened when the turn ended. */
  rejected(reason: unknown): void;
}
