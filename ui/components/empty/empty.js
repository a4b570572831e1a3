/** A place that has nothing yet: what it is for, and one thing to do. `action` comes when that is pressed. */
Component({
  options: { multipleSlots: true },
  properties: { picture: String, title: String, text: String, action: String },
  methods: {
    act() {
      this.triggerEvent('action');
    },
  },
});
