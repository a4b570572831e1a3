/** An answer to `invoke` with something in it that goes over to the logic side for good. */
export class HandedOver {
  constructor(
    readonly value: unknown,
    readonly transfer: Transferable[],
  ) {}
}
