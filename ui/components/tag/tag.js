/** A word about something: small, never to be pressed. */
Component({
  properties: {
    /** `neutral`, `accent`, `saffron` (attention), `sumac` (danger), `mint` (trust, success). */
    kind: { type: String, value: 'neutral' },
  },
});
