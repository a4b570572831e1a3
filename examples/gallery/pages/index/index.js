const groups = [
  {
    name: 'Built in',
    entries: [
      { page: 'layout', name: 'Layout', about: 'view, block, navigator, web-view', mark: 'grid' },
      { page: 'words', name: 'Words', about: 'text, rich-text', mark: 'words' },
      { page: 'pictures', name: 'Pictures', about: 'image, icon, progress', mark: 'picture' },
      { page: 'forms', name: 'Forms', about: 'button, input, picker, slider, switch and more', mark: 'form' },
      { page: 'scroll', name: 'Scrolling', about: 'scroll-view, pull down, reach the end', mark: 'scroll' },
      { page: 'carousel', name: 'Carousel', about: 'swiper', mark: 'carousel' },
      { page: 'interface', name: 'Interface', about: 'toasts, modals, sheets, storage, measuring', mark: 'spark' },
    ],
  },
  {
    name: 'From npm',
    entries: [
      { page: 'vant', name: 'Vant', about: '@vant/weapp', mark: 'library' },
      { page: 'tdesign', name: 'TDesign', about: 'tdesign-miniprogram', mark: 'library' },
    ],
  },
]

Page({
  data: { groups, shown: groups, wanted: '' },

  search({ detail }) {
    const wanted = detail.value.trim().toLowerCase()
    const matches = (entry) => `${entry.name} ${entry.about}`.toLowerCase().includes(wanted)
    const shown = groups.map((group) => ({ ...group, entries: group.entries.filter(matches) })).filter((group) => group.entries.length)
    this.setData({ wanted, shown })
  },

  onShareAppMessage() {
    return { title: 'Gallery of components', path: '/pages/index/index' }
  },
})
