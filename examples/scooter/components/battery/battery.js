/** A battery with its charge in per cent; coloured by `level`: full, half, low. */
Component({
  properties: { charge: { type: Number, value: 0 }, level: { type: String, value: 'full' } },
})
