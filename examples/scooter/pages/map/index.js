const fleet = require('../../utils/fleet')
const rides = require('../../utils/rides')

/** Side of the drawn map in rpx; the town is 1,000 m. */
const mapSide = 1900

Page({
  data: { scooters: [], chosen: 0, you: { x: fleet.you.x / 10, y: fleet.you.y / 10 }, scrollLeft: 0, scrollTop: 0, top: 48, height: 32, riding: null, onlyCharged: false },

  onLoad() {
    const { top, height } = wx.getMenuButtonBoundingClientRect()
    const { windowWidth, windowHeight } = wx.getWindowInfo()
    this.window = { width: windowWidth, height: windowHeight }
    this.setData({ top, height })
    this.showScooters()
  },

  onReady() {
    this.lookAt(fleet.you)
    const { arrivedBy } = getApp()
    getApp().arrivedBy = ''
    if (arrivedBy && fleet.find(arrivedBy)) wx.navigateTo({ url: `/pages/unlock/index?code=${arrivedBy}` })
  },

  onShow() {
    this.setData({ riding: rides.current() })
  },

  showScooters() {
    const scooters = fleet.nearby().filter((scooter) => !this.data.onlyCharged || scooter.battery > 60)
      .map((scooter) => ({ ...scooter, left: scooter.x / 10, above: scooter.y / 10 }))
    this.setData({ scooters, chosen: 0 })
  },

  /** Scrolls the map so that a place is in the middle of what the cards leave free. */
  lookAt({ x, y }) {
    const pixels = (mapSide / 750) * this.window.width / 1000
    this.setData({ scrollLeft: x * pixels - this.window.width / 2, scrollTop: y * pixels - this.window.height * 0.4 })
  },

  choose({ currentTarget }) {
    this.show(currentTarget.dataset.index)
  },

  onSwipe({ detail }) {
    if (detail.source === 'touch') this.show(detail.current)
  },

  show(index) {
    this.setData({ chosen: index })
    this.lookAt(this.data.scooters[index])
  },

  findMe() {
    this.lookAt(fleet.you)
  },

  filter({ detail }) {
    this.setData({ onlyCharged: detail.value })
    this.showScooters()
  },

  openScooter({ currentTarget }) {
    wx.navigateTo({ url: `/pages/scooter/index?code=${currentTarget.dataset.code}` })
  },

  openRide() {
    wx.navigateTo({ url: '/pages/ride/index' })
  },

  openHistory() {
    wx.navigateTo({ url: '/pages/history/index' })
  },
})
