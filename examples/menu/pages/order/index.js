import * as cart from '../../utils/cart'
import { extras, findDish } from '../../utils/dishes'
import { language, text } from '../../utils/language'
import { clock } from '../../utils/time'

Page({
  data: { words: {}, order: null, lines: [], steps: [], reached: 0, time: '' },

  onLoad({ number }) {
    const words = text()
    const order = cart.orders().find((candidate) => String(candidate.number) === number)
    wx.setNavigationBarTitle({ title: `${words.number} ${number}` })
    this.setData({ words })
    if (!order) return
    const lines = order.lines.map((line) => {
      const dish = findDish(line.dishId)
      const options = line.extraIds.map((id) => extras[id][language()])
      if (dish.sizes) options.unshift(words.portion[line.size])
      return { key: line.key, name: dish[language()], options: options.join(' · '), quantity: line.quantity, price: line.price * line.quantity }
    })
    this.setData({ order, lines, time: clock(order.placed) })
    this.showState()
  },

  onShow() {
    this.watch = setInterval(() => this.showState(), 1000)
  },

  onHide() {
    clearInterval(this.watch)
  },

  onUnload() {
    clearInterval(this.watch)
  },

  showState() {
    if (!this.data.order) return
    const words = text()
    const reached = cart.orderState(this.data.order)
    if (this.data.steps.length && reached === this.data.reached) return
    this.setData({ reached, steps: words.states.map((name, index) => ({ name, hint: words.stateHints[index] })) })
    if (reached === words.states.length - 1) clearInterval(this.watch)
  },

  again() {
    cart.orderAgain(this.data.order.number)
    wx.switchTab({ url: '/pages/cart/index' })
  },
})
