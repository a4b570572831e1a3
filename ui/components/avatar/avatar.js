/** Someone, or something: a picture, or the first letters of the name. */
const grounds = ['accent', 'saffron', 'mint', 'sumac'];

Component({
  properties: {
    src: String,
    name: String,
    /** CSS pixels. */
    size: { type: Number, value: 44 },
    /** `round`, or `square` for things. */
    shape: { type: String, value: 'round' },
  },
  data: { letters: '', ground: 'accent', failed: false },
  observers: {
    name(name) {
      const words = name.trim().split(/\s+/).filter(Boolean);
      const letters = words.length > 1 ? words[0][0] + words[words.length - 1][0] : Array.from(words[0] || '')[0] || '';
      let sum = 0;
      for (const letter of name) sum += letter.codePointAt(0);
      this.setData({ letters: letters.toUpperCase(), ground: grounds[sum % grounds.length] });
    },
    src() {
      this.setData({ failed: false });
    },
  },
  methods: {
    fail() {
      this.setData({ failed: true });
    },
  },
});
