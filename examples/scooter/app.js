const rides = require('./utils/rides')

App({
  // The code on a scooter's handlebar opens the app with that scooter's number.
  onLaunch({ query, path }) {
    rides.restore()
    if (query.code && path === 'pages/map/index') this.arrivedBy = String(query.code).toUpperCase()
  },

  arrivedBy: '',
})
