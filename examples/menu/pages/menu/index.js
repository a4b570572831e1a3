import * as cart from '../../utils/cart'
import { categories, describe, dishes } from '../../utils/dishes'
import { applyLanguage, language, switchLanguage, text } from '../../utils/language'

Page({
  data: { words: {}, table: '', sections: [], active: 'cold', into: '', count: 0, total: 0 },

  onShow() {
    this.setData({ table: getApp().globalData.table })
    if (this.shownLanguage !== language()) this.showMenu()
    this.showCart()
  },

  onReady() {
    this.measureSections()
  },

  onShareAppMessage() {
    return { title: text().title, path: `/pages/menu/index?table=${this.data.table}` }
  },

  showMenu() {
    this.shownLanguage = language()
    const words = text()
    applyLanguage(words.title)
    const sections = categories.map((category) => ({
      id: category.id,
      name: category[language()],
      dishes: dishes.filter((dish) => dish.category === category.id)
        .map((dish) => ({ ...describe(dish, language(), words), quantity: cart.quantityOf(dish.id) })),
    }))
    this.setData({ words, sections })
  },

  showCart() {
    const changes = { count: cart.count(), total: cart.total() }
    this.data.sections.forEach((section, sectionIndex) => section.dishes.forEach((dish, dishIndex) => {
      const quantity = cart.quantityOf(dish.id)
      if (quantity !== dish.quantity) changes[`sections[${sectionIndex}].dishes[${dishIndex}].quantity`] = quantity
    }))
    this.setData(changes)
    cart.showBadge()
  },

  /** Where each section begins in the list, so that scrolling lights up the category one is reading. */
  measureSections() {
    this.createSelectorQuery().selectAll('.section').boundingClientRect().select('.dishes').boundingClientRect()
      .select('.dishes').scrollOffset().exec(([sections, list, offset]) => {
        if (!list || !offset) return
        this.starts = sections.map((section) => section.top - list.top + offset.scrollTop)
      })
  },

  onListScroll({ detail }) {
    if (!this.starts || Date.now() < (this.quietUntil || 0)) return
    const line = detail.scrollTop + 40
    const reached = this.starts.reduce((last, start, index) => (start <= line ? index : last), 0)
    const active = this.data.sections[reached].id
    if (active !== this.data.active) this.setData({ active })
  },

  chooseCategory({ currentTarget }) {
    const { id } = currentTarget.dataset
    // The list glides there; what it passes on its way shall not light up.
    this.quietUntil = Date.now() + 600
    this.setData({ active: id, into: `section-${id}` })
  },

  changeQuantity({ currentTarget, detail }) {
    const { id, simple, quantity } = currentTarget.dataset
    if (!simple && detail.value > quantity) {
      this.openDish({ currentTarget })
      return
    }
    if (detail.value > quantity) cart.add(id)
    else this.takeOneOff(id)
    this.showCart()
  },

  takeOneOff(id) {
    const ofDish = cart.lines().filter((line) => line.dishId === id)
    const last = ofDish[ofDish.length - 1]
    if (last) cart.setQuantity(last.key, last.quantity - 1)
  },

  openDish({ currentTarget }) {
    wx.navigateTo({
      url: `/pages/dish/index?id=${currentTarget.dataset.id}`,
      events: { added: () => this.showCart() },
    })
  },

  openCart() {
    wx.switchTab({ url: '/pages/cart/index' })
  },

  changeLanguage() {
    switchLanguage()
    this.showMenu()
    wx.nextTick(() => this.measureSections())
  },
})
