/** How many. `change` gives `{ value }`; the app decides and sets `value` itself. */
Component({
  properties: {
    value: { type: Number, value: 0 },
    min: { type: Number, value: 0 },
    max: { type: Number, value: 99 },
    step: { type: Number, value: 1 },
    /** What is counted, for those who hear it. */
    label: String,
    /** At `min` only the plus is there, as in lists where most are not chosen. */
    quiet: Boolean,
  },
  methods: {
    less() {
      this.change(this.data.value - this.data.step);
    },
    more() {
      this.change(this.data.value + this.data.step);
    },
    change(wanted) {
      const { min, max, value: now } = this.data;
      const value = Math.max(min, Math.min(max, wanted));
      if (value !== now) this.triggerEvent('change', { value });
    },
  },
});
