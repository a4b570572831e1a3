import { restore } from './utils/cart'
import { startLanguage } from './utils/language'

App({
  globalData: { table: '7' },

  onLaunch(options) {
    startLanguage()
    restore()
    this.takeTable(options.query)
  },

  // The code on a table opens the app with that table's number, also when the app is running already.
  onShow(options) {
    this.takeTable(options.query)
  },

  takeTable(query) {
    const table = query && query.table
    if (table && /^[0-9A-Za-z]{1,4}$/.test(table)) this.globalData.table = table
  },
})
