const { tariff } = require('../../utils/fleet')
const rides = require('../../utils/rides')

Page({
  data: { ride: null, tariff, minutesCost: 0, starValues: [1, 2, 3, 4, 5] },

  onLoad({ id }) {
    const ride = rides.one(id)
    if (ride) this.setData({ ride, minutesCost: ride.cost - tariff.unlock })
  },

  rate({ currentTarget }) {
    const { stars } = currentTarget.dataset
    rides.rate(this.data.ride.id, stars)
    this.setData({ 'ride.stars': stars })
  },

  done() {
    if (getCurrentPages().length > 1) wx.navigateBack()
    else wx.reLaunch({ url: '/pages/map/index' })
  },
})
