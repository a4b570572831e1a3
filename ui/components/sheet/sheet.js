/** Something that rises from below over the page. `close` comes when the user wants it gone; the app sets `show`. */
Component({
  properties: {
    show: Boolean,
    title: String,
    /** Name of the button that closes it, for those who hear it. */
    closeLabel: { type: String, value: 'Close' },
  },
  methods: {
    close() {
      if (this.data.show) this.triggerEvent('close');
    },
  },
});
