/** How good something was, by stars. `change` gives `{ value }`; read only without a listener's answer. */
Component({
  properties: {
    value: { type: Number, value: 0 },
    max: { type: Number, value: 5 },
    readonly: Boolean,
    label: { type: String, value: '' },
  },
  data: { stars: [1, 2, 3, 4, 5] },
  observers: {
    max(max) {
      this.setData({ stars: Array.from({ length: Math.max(1, max) }, (_, index) => index + 1) });
    },
  },
  methods: {
    rate({ currentTarget }) {
      const { value } = currentTarget.dataset;
      if (!this.data.readonly && value !== this.data.value) this.triggerEvent('change', { value });
    },
  },
});
