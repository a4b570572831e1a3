/** The shape of what is coming. Nothing is shown for the first 150 ms: what is quick needs no stand-in. */
const patience = 150;
const widths = [100, 92, 64, 84];

function linesFor(rows) {
  return Array.from({ length: Math.max(1, rows) }, (_, id) => ({ id, width: widths[id % widths.length] }));
}

Component({
  properties: {
    loading: { type: Boolean, value: true },
    rows: { type: Number, value: 3 },
    avatar: Boolean,
    label: { type: String, value: 'Loading' },
  },
  data: { shown: false, lines: [] },
  observers: {
    rows(rows) {
      this.setData({ lines: linesFor(rows) });
    },
    loading(loading) {
      clearTimeout(this.timer);
      if (!loading) this.setData({ shown: false });
      else this.timer = setTimeout(() => this.setData({ shown: true }), patience);
    },
  },
  lifetimes: {
    attached() {
      this.setData({ lines: linesFor(this.data.rows) });
      if (this.data.loading) this.timer = setTimeout(() => this.setData({ shown: true }), patience);
    },
    detached() {
      clearTimeout(this.timer);
    },
  },
});
