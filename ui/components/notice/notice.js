/**
 * Words about what just happened, for a moment, at the lower edge; with `action` they stay until pressed or closed.
 * `close` comes when their time is over, `action` when the action is pressed.
 */
Component({
  properties: {
    show: Boolean,
    text: String,
    action: String,
    /** `neutral`, `success`, `danger`. */
    kind: { type: String, value: 'neutral' },
    /** Milliseconds. */
    duration: { type: Number, value: 3000 },
  },
  observers: {
    'show, text'(show) {
      clearTimeout(this.timer);
      if (!show || this.data.action) return;
      this.timer = setTimeout(() => this.triggerEvent('close'), this.data.duration);
    },
  },
  lifetimes: {
    detached() {
      clearTimeout(this.timer);
    },
  },
  methods: {
    act() {
      this.triggerEvent('action');
      this.triggerEvent('close');
    },
  },
});
