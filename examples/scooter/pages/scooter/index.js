const fleet = require('../../utils/fleet')
const rides = require('../../utils/rides')

Page({
  data: { scooter: null, tariff: fleet.tariff, ringing: false },

  onLoad({ code }) {
    const scooter = fleet.find(code)
    this.setData({ scooter: scooter || null, riding: Boolean(rides.current()) })
    if (scooter) wx.setNavigationBarTitle({ title: scooter.code })
  },

  onShareAppMessage() {
    return { title: `Scooter ${this.data.scooter.code}`, path: `/pages/scooter/index?code=${this.data.scooter.code}` }
  },

  ring() {
    this.setData({ ringing: true })
    wx.showToast({ title: 'It rings and blinks', icon: 'none' })
    this.quiet = setTimeout(() => this.setData({ ringing: false }), 3000)
  },

  onUnload() {
    clearTimeout(this.quiet)
  },

  copyAddress() {
    wx.setClipboardData({ data: this.data.scooter.street })
  },

  unlock() {
    wx.navigateTo({ url: `/pages/unlock/index?code=${this.data.scooter.code}` })
  },
})
