Page({
  data: { answer: '', stored: '', measured: '', system: [], title: 0 },

  onLoad() {
    const { model, platform, language, SDKVersion, theme } = wx.getSystemInfoSync()
    const { windowWidth, windowHeight, pixelRatio } = wx.getWindowInfo()
    this.setData({
      stored: wx.getStorageSync('note') || 'nothing yet',
      system: [['model', model], ['platform', platform], ['language', language], ['theme', theme || 'light'], ['library', SDKVersion], ['window', `${windowWidth} × ${windowHeight} @ ${pixelRatio}`]]
        .map(([name, value]) => ({ name, value })),
    })
  },

  toast() {
    wx.showToast({ title: 'Served', icon: 'success' })
  },

  longToast() {
    wx.showToast({ title: 'A longer message without a picture stands on two lines', icon: 'none' })
  },

  load() {
    wx.showLoading({ title: 'Baking', mask: true })
    setTimeout(() => wx.hideLoading(), 1200)
  },

  ask() {
    wx.showModal({ title: 'More bread?', content: 'It comes warm.', confirmText: 'Please', cancelText: 'No more' })
      .then(({ confirm }) => this.setData({ answer: confirm ? 'bread it is' : 'no bread' }))
  },

  askForText() {
    wx.showModal({ title: 'Your name', editable: true, placeholderText: 'Name' })
      .then(({ confirm, content }) => this.setData({ answer: confirm ? `name: ${content}` : 'no name' }))
  },

  sheet() {
    wx.showActionSheet({ itemList: ['Cold', 'Warm', 'Sweet'] })
      .then(({ tapIndex }) => this.setData({ answer: ['cold', 'warm', 'sweet'][tapIndex] }))
      .catch(() => this.setData({ answer: 'closed' }))
  },

  store() {
    const note = `written at ${new Date().toTimeString().slice(0, 8)}`
    wx.setStorageSync('note', note)
    this.setData({ stored: wx.getStorageSync('note') })
  },

  measure() {
    wx.createSelectorQuery().select('#measured').boundingClientRect(({ width, height }) => {
      this.setData({ measured: `${Math.round(width)} × ${Math.round(height)} px` })
    }).exec()
  },

  copy() {
    wx.setClipboardData({ data: 'Mezze' })
  },

  rename() {
    const titles = ['Interface', 'Small dishes', '小碟']
    const title = (this.data.title + 1) % titles.length
    this.setData({ title })
    wx.setNavigationBarTitle({ title: titles[title] })
  },

  colour() {
    wx.setNavigationBarColor({ frontColor: '#ffffff', backgroundColor: '#5e6b2a', animation: { duration: 260, timingFunc: 'easeInOut' } })
  },
})
