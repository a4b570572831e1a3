/** A button. `tap` comes as from any view; a disabled or loading one gives none. */
Component({
  properties: {
    /** `primary`: the one thing to do here; `secondary`; `quiet`: without a surface; `danger`. */
    kind: { type: String, value: 'primary' },
    /** `normal` fills its place, `small` is as wide as its words. */
    size: { type: String, value: 'normal' },
    disabled: Boolean,
    loading: Boolean,
    openType: String,
    label: String,
  },
});
