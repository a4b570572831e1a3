import * as cart from '../../utils/cart'
import { describe, extras, findDish } from '../../utils/dishes'
import { language, startLanguage, text } from '../../utils/language'

Page({
  data: { words: {}, dish: null, missing: false, sizes: [], size: 0, extras: [], quantity: 1, sum: 0 },

  onLoad({ id }) {
    startLanguage()
    const words = text()
    const found = findDish(id)
    if (!found) {
      this.setData({ words, missing: true })
      return
    }
    this.source = found
    this.chosenExtras = []
    const dish = describe(found, language(), words)
    wx.setNavigationBarTitle({ title: dish.name })
    this.setData({
      words,
      dish,
      sizes: words.portion.map((name, index) => ({ name, price: found.price * (index + 1), checked: index === 0 })),
      extras: found.extras.map((extra) => ({ id: extra, name: extras[extra][language()], price: extras[extra].price })),
    })
    this.showSum()
  },

  onShareAppMessage() {
    return { title: this.data.dish.name, path: `/pages/dish/index?id=${this.data.dish.id}` }
  },

  showSum() {
    const { size, quantity } = this.data
    const extraSum = this.chosenExtras.reduce((sum, id) => sum + extras[id].price, 0)
    this.setData({ sum: (this.source.price * (size + 1) + extraSum) * quantity })
  },

  chooseSize({ detail }) {
    this.setData({ size: Number(detail.value) })
    this.showSum()
  },

  chooseExtras({ detail }) {
    this.chosenExtras = detail.value
    this.showSum()
  },

  changeQuantity({ detail }) {
    this.setData({ quantity: detail.value })
    this.showSum()
  },

  addToTable() {
    const { dish, quantity, size } = this.data
    cart.add(dish.id, quantity, size, this.chosenExtras)
    this.getOpenerEventChannel().emit('added', { id: dish.id })
    wx.showToast({ title: text().cartTitle, icon: 'success', duration: 900 })
    if (getCurrentPages().length > 1) setTimeout(() => wx.navigateBack(), 500)
    else wx.switchTab({ url: '/pages/cart/index' })
  },

  backToMenu() {
    wx.switchTab({ url: '/pages/menu/index' })
  },
})
