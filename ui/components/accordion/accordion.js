/** Questions with their answers folded in. `change` gives `{ value }`, the names of what is open. */
Component({
  relations: {
    '../accordion-item/accordion-item': {
      type: 'child',
      linked() {
        this.show();
      },
    },
  },
  properties: {
    /** Names of the items that are open. */
    value: { type: Array, value: [] },
    /** Several may be open at once. */
    multiple: Boolean,
  },
  observers: {
    value() {
      this.show();
    },
  },
  methods: {
    show() {
      const items = this.getRelationNodes('../accordion-item/accordion-item') || [];
      for (const item of items) item.setOpen(this.data.value.includes(item.data.name));
    },
    toggle(name) {
      const { value, multiple } = this.data;
      const open = value.includes(name);
      const rest = multiple ? value.filter((other) => other !== name) : [];
      const next = open ? rest : [...rest, name];
      this.setData({ value: next });
      this.triggerEvent('change', { value: next });
    },
  },
});
