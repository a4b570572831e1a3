/** Work that goes on and whose end is not known. Show it after 150 ms only: what is quick needs none. */
Component({
  properties: {
    /** CSS pixels. */
    size: { type: Number, value: 24 },
    label: { type: String, value: '' },
  },
});
