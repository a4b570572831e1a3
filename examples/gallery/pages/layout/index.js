Page({
  data: { pressed: 0, caught: 0, outer: 0, showWebView: false, cells: ['one', 'two', 'three', 'four', 'five'], order: 'row' },

  press() {
    this.setData({ pressed: this.data.pressed + 1 })
  },

  tapOuter() {
    this.setData({ outer: this.data.outer + 1 })
  },

  tapInner() {
    this.setData({ caught: this.data.caught + 1 })
  },

  turn() {
    this.setData({ order: this.data.order === 'row' ? 'column' : 'row' })
  },

  shuffle() {
    const [first, ...rest] = this.data.cells
    this.setData({ cells: [...rest, first] })
  },

  showWebView() {
    this.setData({ showWebView: true })
  },
})
