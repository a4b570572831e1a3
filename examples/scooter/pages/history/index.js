const rides = require('../../utils/rides')

Page({
  data: { rides: [], meters: 0, cost: 0, bars: [] },

  onShow() {
    this.showRides()
  },

  showRides() {
    const all = rides.history()
    const longest = Math.max(1, ...all.map((ride) => ride.seconds))
    this.setData({
      rides: all,
      meters: all.reduce((sum, ride) => sum + ride.meters, 0),
      cost: all.reduce((sum, ride) => sum + ride.cost, 0),
      bars: all.slice(0, 12).reverse().map((ride) => ({ id: ride.id, height: Math.max(6, Math.round((ride.seconds / longest) * 100)) })),
    })
  },

  open({ currentTarget }) {
    wx.navigateTo({ url: `/pages/summary/index?id=${currentTarget.dataset.id}` })
  },

  async more({ currentTarget }) {
    const { tapIndex } = await wx.showActionSheet({ itemList: ['Remove from this device'], itemColor: '#a8283e' }).catch(() => ({ tapIndex: -1 }))
    if (tapIndex !== 0) return
    rides.forget(currentTarget.dataset.id)
    this.showRides()
  },

  find() {
    wx.navigateBack()
  },
})
