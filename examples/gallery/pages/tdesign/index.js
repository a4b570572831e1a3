const sizes = [{ label: 'To taste', value: 'taste' }, { label: 'To share', value: 'share' }, { label: 'For the table', value: 'table' }]

Page({
  data: { pressed: 0, name: '', on: true, level: 40, open: ['hours'], step: 1, popup: false, dialog: false, picker: false, sizes, size: 'To taste', answer: '', icons: ['heart', 'star', 'cart', 'location', 'service'], swipe: [{ text: 'Remove', className: 'remove' }] },

  press() {
    this.setData({ pressed: this.data.pressed + 1 })
  },

  set({ currentTarget, detail }) {
    this.setData({ [currentTarget.dataset.name]: detail.value })
  },

  next() {
    this.setData({ step: (this.data.step + 1) % 4 })
  },

  show({ currentTarget }) {
    this.setData({ [currentTarget.dataset.name]: true })
  },

  onPopup({ detail }) {
    this.setData({ popup: detail.visible })
  },

  confirm() {
    this.setData({ dialog: false, answer: 'bread it is' })
  },

  cancel() {
    this.setData({ dialog: false, answer: 'no bread' })
  },

  pick({ detail }) {
    this.setData({ picker: false, size: detail.label[0] })
  },

  closePicker() {
    this.setData({ picker: false })
  },
})
