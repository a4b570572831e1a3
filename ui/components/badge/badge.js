/** A number, or a dot, at the corner of something. */
Component({
  properties: {
    count: { type: Number, value: 0 },
    max: { type: Number, value: 99 },
    dot: Boolean,
    /** What the number counts, for those who hear it: “3 dishes”. */
    label: String,
  },
});
