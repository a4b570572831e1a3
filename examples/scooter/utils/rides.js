/**
 * The running ride and the ones before it. Both are in storage: a ride goes on while the app is closed,
 * since it is counted from when it began.
 */
const { find, tariff } = require('./fleet')

const state = { current: null, history: [] }

/** How fast a scooter goes on average, metres a second, for the length of a ride. */
const averageSpeed = 4.2

function restore() {
  state.current = wx.getStorageSync('ride') || null
  state.history = wx.getStorageSync('history') || []
}

function start(code, now = Date.now()) {
  const scooter = find(code)
  state.current = { code: scooter.code, street: scooter.street, battery: scooter.battery, began: now }
  wx.setStorageSync('ride', state.current)
  return state.current
}

/** Seconds, cost in cents and metres of a ride that began at `began` and lasts until `now`. */
function measure(began, now = Date.now()) {
  const seconds = Math.max(0, Math.floor((now - began) / 1000))
  return {
    seconds,
    cost: tariff.unlock + Math.round((seconds * tariff.minute) / 60),
    meters: Math.round(seconds * averageSpeed),
  }
}

function finish(now = Date.now()) {
  const { code, street, began } = state.current
  const ride = { id: String(began), code, street, began, ended: now, stars: 0, ...measure(began, now) }
  state.history = [ride, ...state.history].slice(0, 50)
  state.current = null
  wx.setStorageSync('history', state.history)
  wx.removeStorageSync('ride')
  return ride
}

function rate(id, stars) {
  state.history = state.history.map((ride) => (ride.id === id ? { ...ride, stars } : ride))
  wx.setStorageSync('history', state.history)
}

function forget(id) {
  state.history = state.history.filter((ride) => ride.id !== id)
  wx.setStorageSync('history', state.history)
}

module.exports = {
  restore, start, measure, finish, rate, forget,
  current: () => state.current,
  history: () => state.history,
  one: (id) => state.history.find((ride) => ride.id === id),
}
