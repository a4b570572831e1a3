/** An amount in fen, its sign smaller than its figures. */
Component({
  options: { virtualHost: true },
  properties: {
    amount: { type: Number, value: 0 },
    size: { type: String, value: 'normal' },
  },
})
