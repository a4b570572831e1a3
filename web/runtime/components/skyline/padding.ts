/** The attribute `padding` of containers: `[top, right, bottom, left]` in CSS pixels. */
export function applyPadding(host: HTMLElement, value: unknown): void {
  const sides = Array.isArray(value) ? value.slice(0, 4).map((side: unknown) => Number(side) || 0) : [];
  host.style.setProperty('--mz-padding', sides.length === 4 ? sides.map((side) => `${side}px`).join(' ') : '');
}
