const colors = ['#5e6b2a', '#d98e1f', '#a8283e', '#2c7f63', '#2f5d62', '#5b4a6b']

Page({
  data: { letters: ['Anise', 'Basil', 'Cumin', 'Dill', 'Fennel', 'Mint', 'Sumac', 'Thyme'], colors, into: '', left: 0, scrolled: 0, refreshed: 0, inner: false, rows: 12 },

  jump({ currentTarget }) {
    this.setData({ into: currentTarget.dataset.id })
  },

  onInnerScroll({ detail }) {
    this.setData({ scrolled: Math.round(detail.scrollTop) })
  },

  onInnerRefresh() {
    this.setData({ inner: true })
    setTimeout(() => this.setData({ inner: false }), 600)
  },

  onPullDownRefresh() {
    setTimeout(() => {
      this.setData({ refreshed: this.data.refreshed + 1 })
      wx.stopPullDownRefresh()
    }, 500)
  },

  onReachBottom() {
    if (this.data.rows < 60) this.setData({ rows: this.data.rows + 12 })
  },

  toTop() {
    wx.pageScrollTo({ scrollTop: 0, duration: 260 })
  },
})
