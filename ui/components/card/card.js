/** A surface for what belongs together, with a title and something beside it where wanted (slot `extra`). */
Component({
  options: { multipleSlots: true },
  properties: {
    title: String,
    note: String,
    /** False for content that goes to the edges, such as cells. */
    padded: { type: Boolean, value: true },
  },
});
