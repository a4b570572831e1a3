/** A titled card that holds one thing to try. `plain` leaves out the padding, `note` says what to look at. */
Component({
  options: { multipleSlots: true },
  properties: { title: String, note: String, plain: Boolean },
})
