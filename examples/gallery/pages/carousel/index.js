Page({
  data: {
    slides: [{ id: 'hills', name: 'Hills' }, { id: 'sea', name: 'Sea' }, { id: 'night', name: 'Night' }],
    current: 0, source: '', autoplay: false, circular: true, vertical: false, dots: true,
  },

  onChange({ detail }) {
    this.setData({ current: detail.current, source: detail.source || 'setData' })
  },

  set({ currentTarget, detail }) {
    this.setData({ [currentTarget.dataset.name]: detail.value })
  },

  go({ currentTarget }) {
    this.setData({ current: currentTarget.dataset.index })
  },
})
