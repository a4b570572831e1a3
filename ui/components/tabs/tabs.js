/** Parts of one place beside each other. `change` gives `{ value }`; the app sets `value`. */
Component({
  properties: {
    /** `[{ value, name, badge? }]` */
    items: { type: Array, value: [] },
    value: { type: String, value: '' },
    label: String,
  },
  data: { into: '' },
  observers: {
    value(value) {
      const index = this.data.items.findIndex((item) => item.value === value);
      if (index >= 0) this.setData({ into: `tab-${Math.max(0, index - 1)}` });
    },
  },
  methods: {
    choose({ currentTarget }) {
      const { value } = currentTarget.dataset;
      if (value !== this.data.value) this.triggerEvent('change', { value });
    },
  },
});
