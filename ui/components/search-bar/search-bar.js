/** A field to look for something. `input` and `confirm` give `{ value }`; `cancel` ends the search. */
Component({
  properties: {
    value: { type: String, value: '' },
    placeholder: { type: String, value: 'Search' },
    /** Name of the button that ends the search; without it there is none. */
    cancel: String,
    focus: Boolean,
    clearLabel: { type: String, value: 'Clear' },
  },
  data: { focused: false },
  methods: {
    focused() {
      this.setData({ focused: true });
      this.triggerEvent('focus');
    },
    blurred() {
      this.setData({ focused: false });
      this.triggerEvent('blur');
    },
    input({ detail }) {
      this.setData({ value: detail.value });
      this.triggerEvent('input', { value: detail.value });
    },
    confirm() {
      this.triggerEvent('confirm', { value: this.data.value });
    },
    clear() {
      this.setData({ value: '' });
      this.triggerEvent('input', { value: '' });
      this.triggerEvent('clear');
    },
    end() {
      this.setData({ value: '' });
      this.triggerEvent('cancel');
    },
  },
});
