import * as cart from '../../utils/cart'
import { describe, extras, findDish } from '../../utils/dishes'
import { applyLanguage, language, text } from '../../utils/language'

Page({
  data: { words: {}, table: '', lines: [], count: 0, total: 0, note: '', guests: 1, guestChoices: [1, 2, 3, 4, 5, 6, 7, 8] },

  onShow() {
    const words = text()
    applyLanguage(words.cartTitle)
    this.setData({ words, table: getApp().globalData.table })
    this.showLines()
  },

  showLines() {
    const words = text()
    const lines = cart.lines().map((line) => {
      const options = line.extraIds.map((id) => extras[id][language()])
      if (findDish(line.dishId).sizes) options.unshift(words.portion[line.size])
      return { ...line, dish: describe(findDish(line.dishId), language(), words), options: options.join(' · ') }
    })
    this.setData({ lines, count: cart.count(), total: cart.total() })
    cart.showBadge()
  },

  async changeQuantity({ currentTarget, detail }) {
    const { key, name } = currentTarget.dataset
    if (detail.value === 0 && !(await this.agrees(name, text().removeAsk, text().remove))) {
      this.showLines()
      return
    }
    cart.setQuantity(key, detail.value)
    this.showLines()
  },

  async clear() {
    if (!(await this.agrees(text().cartTitle, text().clearAsk, text().clear))) return
    cart.clear()
    this.showLines()
  },

  async agrees(title, content, confirmText) {
    const { confirm } = await wx.showModal({ title, content, confirmText, cancelText: text().cancel, confirmColor: '#a8283e' })
    return confirm
  },

  chooseGuests({ detail }) {
    this.setData({ guests: Number(detail.value) })
  },

  writeNote({ detail }) {
    this.setData({ note: detail.value })
  },

  placeOrder() {
    const { table, guests, guestChoices, note } = this.data
    const order = cart.placeOrder({ table, guests: guestChoices[guests], note: note.trim() })
    this.setData({ note: '' })
    this.showLines()
    wx.showToast({ title: text().sent, icon: 'success' })
    wx.navigateTo({ url: `/pages/order/index?number=${order.number}` })
  },

  browse() {
    wx.switchTab({ url: '/pages/menu/index' })
  },
})
