/** What stands for a Blob in QuickJS: a text that the host has by name, or one that was made here. */
export class HeadlessBlob {
  readonly type = 'text/javascript';

  constructor(
    readonly name: string,
    readonly size: number,
    readonly own: string | undefined,
  ) {}
}
