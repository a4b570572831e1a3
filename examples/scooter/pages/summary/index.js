const { tariff } = require('../../utils/fleet')
const rides = require('../../utils/rides')

Page({
  data: { ride: null, tariff, minutesCost: 0 },

  onLoad({ id }) {
    const ride = rides.one(id)
    if (ride) this.setData({ ride, minutesCost: ride.cost - tariff.unlock })
  },

  rate({ detail }) {
    rides.rate(this.data.ride.id, detail.value)
    this.setData({ 'ride.stars': detail.value })
  },

  done() {
    if (getCurrentPages().length > 1) wx.navigateBack()
    else wx.reLaunch({ url: '/pages/map/index' })
  },
})
