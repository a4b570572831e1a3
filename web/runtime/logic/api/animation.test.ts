import { expect, test } from 'vitest';
import { createAnimation } from './animation';

type Call = (this: unknown, ...args: unknown[]) => Record<string, Call>;
interface Exported {
  actions: { animates: { type: string; args: unknown[] }[]; option: { transition: { duration: number } } }[];
}
const made = (options?: object) => createAnimation(options) as unknown as Record<string, Call>;
const exported = (animation: Record<string, Call>) => animation.export?.() as unknown as Exported;

test('a step holds what earlier steps set, exported or not', () => {
  const animation = made({ duration: 100 });
  animation.translateX?.(20).width?.(30).step?.({ duration: 5 });
  const first = { type: 'translateX', args: [20] };
  expect(exported(animation)).toEqual({
    actions: [
      {
        animates: [first, { type: 'style', args: ['width', '30px'] }],
        option: { transformOrigin: '50% 50% 0', transition: { duration: 5, timingFunction: 'linear', delay: 0 } },
      },
    ],
  });
  animation.rotate?.(90).width?.('50%').step?.();
  animation.translateX?.(0).step?.();
  const [second, third] = exported(animation).actions;
  const turned = [
    { type: 'style', args: ['width', '50%'] },
    { type: 'rotate', args: [90] },
  ];
  expect(second?.animates).toEqual([first, ...turned]);
  expect(second?.option.transition.duration).toBe(100);
  expect(third?.animates).toEqual([{ type: 'translateX', args: [0] }, ...turned]);
  expect(exported(animation)).toEqual({ actions: [] });
});

test('its options can be read and set, on a copy as well', () => {
  const animation = createAnimation();
  const copy = { ...animation, option: structuredClone(animation.option), actions: [] } as unknown as Record<
    string,
    Call
  >;
  const { option } = copy as unknown as ReturnType<typeof createAnimation>;
  option.transition.duration = 0;
  copy.translateX?.(1).step?.();
  expect(exported(copy).actions[0]?.option.transition.duration).toBe(0);
  expect(animation.actions).toEqual([]);
});
