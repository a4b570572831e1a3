import * as cart from '../../utils/cart'
import { findDish } from '../../utils/dishes'
import { applyLanguage, language, text } from '../../utils/language'
import { clock } from '../../utils/time'

Page({
  data: { words: {}, orders: [] },

  onShow() {
    const words = text()
    applyLanguage(words.ordersTitle)
    this.setData({ words })
    this.showOrders()
    this.watch = setInterval(() => this.showOrders(), 2000)
  },

  onHide() {
    clearInterval(this.watch)
  },

  onPullDownRefresh() {
    this.showOrders()
    wx.stopPullDownRefresh()
  },

  showOrders() {
    const words = text()
    this.setData({
      orders: cart.orders().map((order) => ({
        number: order.number,
        table: order.table,
        time: clock(order.placed),
        total: order.total,
        count: order.lines.reduce((sum, line) => sum + line.quantity, 0),
        pictures: order.lines.slice(0, 4).map((line) => ({ key: line.key, image: findDish(line.dishId).image, name: findDish(line.dishId)[language()] })),
        state: words.states[cart.orderState(order)],
        done: cart.orderState(order) === words.states.length - 1,
      })),
    })
  },

  openOrder({ currentTarget }) {
    wx.navigateTo({ url: `/pages/order/index?number=${currentTarget.dataset.number}` })
  },

  browse() {
    wx.switchTab({ url: '/pages/menu/index' })
  },
})
