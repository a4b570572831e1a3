import Dialog from '@vant/weapp/dialog/dialog'
import Toast from '@vant/weapp/toast/toast'

Page({
  data: { name: '', on: true, amount: 2, level: 40, tab: 0, open: ['hours'], side: 0, sides: ['Cold', 'Warm', 'Sweet'], popup: false, loading: true, pressed: 0, answer: '', icons: ['like-o', 'star-o', 'cart-o', 'location-o', 'service-o'] },

  set({ currentTarget, detail }) {
    const value = detail !== null && typeof detail === 'object' && 'value' in detail ? detail.value : detail
    this.setData({ [currentTarget.dataset.name]: value })
  },

  chooseTab({ detail }) {
    this.setData({ tab: detail.index })
  },

  press() {
    this.setData({ pressed: this.data.pressed + 1 })
  },

  toast() {
    Toast.success('Served')
  },

  ask() {
    Dialog.confirm({ title: 'More bread', message: 'It comes warm.', confirmButtonText: 'Please', cancelButtonText: 'No more' })
      .then(() => this.setData({ answer: 'bread it is' }))
      .catch(() => this.setData({ answer: 'no bread' }))
  },

  showPopup() {
    this.setData({ popup: true })
  },

  hidePopup() {
    this.setData({ popup: false })
  },

  toggleLoading() {
    this.setData({ loading: !this.data.loading })
  },
})
