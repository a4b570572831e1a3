/** One row: a name, what it is, a way on. Slots: `icon` before the name, the default one in place of `value`. */
Component({
  options: { multipleSlots: true },
  properties: {
    title: String,
    note: String,
    value: String,
    /** It leads somewhere: an arrow, and it can be pressed. */
    arrow: Boolean,
    /** It can be pressed, without an arrow. */
    pressable: Boolean,
    /** `normal`, `strong` for sums, `danger`. */
    kind: { type: String, value: 'normal' },
  },
});
