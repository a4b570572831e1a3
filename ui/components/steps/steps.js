/** How far something has come. Everything before `current` is done, everything behind it is to come. */
Component({
  properties: {
    /** `[{ name, hint? }]` */
    items: { type: Array, value: [] },
    /** Index of the step that is under way; the number of steps once all are done. */
    current: { type: Number, value: 0 },
    /** `vertical` has room for hints. */
    direction: { type: String, value: 'vertical' },
    /** Moves while the current step lasts. */
    lively: Boolean,
  },
});
