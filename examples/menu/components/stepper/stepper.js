/** A quantity with minus and plus. Event `change` carries `{ value }`; it never goes below `min`. */
Component({
  properties: {
    value: { type: Number, value: 0 },
    min: { type: Number, value: 0 },
    max: { type: Number, value: 20 },
    label: { type: String, value: '' },
  },
  methods: {
    less() {
      this.change(this.data.value - 1)
    },
    more() {
      this.change(this.data.value + 1)
    },
    change(value) {
      if (value < this.data.min || value > this.data.max) return
      this.triggerEvent('change', { value })
    },
  },
})
