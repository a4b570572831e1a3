Page({
  data: {
    modes: ['scaleToFill', 'aspectFit', 'aspectFill', 'widthFix', 'heightFix', 'center', 'top left', 'bottom right'],
    mode: 2,
    loaded: '',
    failed: '',
    icons: ['success', 'success_no_circle', 'info', 'warn', 'waiting', 'cancel', 'download', 'search', 'clear'],
    percent: 30,
  },

  chooseMode({ detail }) {
    this.setData({ mode: Number(detail.value) })
  },

  onImageLoad({ detail }) {
    this.setData({ loaded: `${detail.width} by ${detail.height}` })
  },

  onImageError({ detail }) {
    this.setData({ failed: detail.errMsg })
  },

  more() {
    this.setData({ percent: this.data.percent >= 100 ? 0 : Math.min(100, this.data.percent + 35) })
  },
})
