const fleet = require('../../utils/fleet')
const rides = require('../../utils/rides')

const steps = ['Finding the scooter', 'Checking brakes and battery', 'Opening the lock'].map((name) => ({ name }))

/** Milliseconds a step takes. */
const stepTime = 900

Page({
  data: { code: '', steps, reached: 0, working: false, agreed: true, problem: '', tariff: fleet.tariff },

  onLoad({ code = '' }) {
    this.setData({ code: code.toUpperCase() })
  },

  onUnload() {
    clearTimeout(this.timer)
  },

  type({ detail }) {
    this.setData({ code: detail.value.toUpperCase(), problem: '' })
  },

  agree({ detail }) {
    this.setData({ agreed: detail.value.length > 0 })
  },

  unlock() {
    const scooter = fleet.find(this.data.code)
    const problem = this.problemWith(scooter)
    if (problem) {
      this.setData({ problem })
      return
    }
    this.setData({ working: true, problem: '' })
    this.showStep(0)
  },

  problemWith(scooter) {
    if (!scooter) return 'No scooter has this code. It is printed on the handlebar: two letters and two figures.'
    if (rides.current()) return 'You are riding another scooter. End that ride first.'
    if (scooter.battery < 20) return `${scooter.code} is too low to ride. Please take another one.`
    return ''
  },

  showStep(reached) {
    this.setData({ reached })
    this.timer = setTimeout(() => (reached < steps.length ? this.showStep(reached + 1) : this.ride()), reached < steps.length ? stepTime : 300)
  },

  ride() {
    rides.start(this.data.code)
    wx.redirectTo({ url: '/pages/ride/index' })
  },
})
