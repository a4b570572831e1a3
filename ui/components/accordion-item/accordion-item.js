/** One part of an accordion. */
Component({
  relations: { '../accordion/accordion': { type: 'parent' } },
  properties: { name: { type: String, value: '' }, title: String, note: String },
  data: { open: false },
  methods: {
    setOpen(open) {
      if (open !== this.data.open) this.setData({ open });
    },
    toggle() {
      const [accordion] = this.getRelationNodes('../accordion/accordion') || [];
      if (accordion) accordion.toggle(this.data.name);
      else this.setData({ open: !this.data.open });
    },
  },
});
