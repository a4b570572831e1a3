const rides = require('../../utils/rides')

/** Corners of a loop through the town, in per cent of the map; a lap takes `lapTime` seconds. */
const loop = [[56.6, 47.8], [54, 62], [36, 63.5], [33, 49.5], [32, 33.5], [65, 31.5], [66.5, 47]]
const lapTime = 90

/** Where on the loop a scooter is after `seconds`. */
function placeAfter(seconds) {
  const along = ((seconds % lapTime) / lapTime) * loop.length
  const [fromX, fromY] = loop[Math.floor(along)]
  const [toX, toY] = loop[(Math.floor(along) + 1) % loop.length]
  const part = along - Math.floor(along)
  return { x: fromX + (toX - fromX) * part, y: fromY + (toY - fromY) * part }
}

Page({
  data: { ride: null, seconds: 0, cost: 0, meters: 0, place: placeAfter(0) },

  onLoad() {
    this.setData({ ride: rides.current() })
    if (rides.current()) this.tick()
  },

  // Hidden, the page draws nothing; the ride is counted from when it began, so nothing is lost.
  onShow() {
    if (!rides.current()) return
    this.tick()
    this.timer = setInterval(() => this.tick(), 1000)
  },

  onHide() {
    clearInterval(this.timer)
  },

  onUnload() {
    clearInterval(this.timer)
  },

  tick() {
    const measured = rides.measure(rides.current().began)
    this.setData({ ...measured, place: placeAfter(measured.seconds) })
  },

  async end() {
    const { confirm } = await wx.showModal({ title: 'End the ride?', content: 'Please park out of the way of others, on its stand.', confirmText: 'End ride', cancelText: 'Ride on' })
    if (!confirm) return
    clearInterval(this.timer)
    const { id } = rides.finish()
    wx.redirectTo({ url: `/pages/summary/index?id=${id}` })
  },

  backToMap() {
    wx.reLaunch({ url: '/pages/map/index' })
  },
})
