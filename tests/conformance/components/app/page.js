/** What a case has its page do by an API, by name. */
const doing = {
  'editor.image': (done) => contextOf('context', (editor) => editor.insertImage({ src: '/files/picture.png', width: '60px', height: '60px', success: done, fail: done })),
  'canvas.old': (done) => {
    const context = wx.createCanvasContext('surface')
    context.setFillStyle('#a8283e')
    context.fillRect(0, 0, 60, 60)
    context.draw()
    setTimeout(done, 300)
  },
  'canvas.2d': (done) => contextOf('node', (canvas) => {
    const context = canvas && canvas.getContext && canvas.getContext('2d')
    if (context) {
      context.fillStyle = '#a8283e'
      context.fillRect(0, 0, 60, 60)
    }
    done()
  }),
  'canvas.drawn': (done) => wx.createSelectorQuery().select('#subject').fields({ properties: ['type'] }, () => {}).exec(([{ type }]) => doing['canvas.' + type](done)),
  'canvas.webgl': (done) => contextOf('node', (canvas) => {
    const context = canvas && canvas.getContext && canvas.getContext('webgl')
    if (context) {
      context.clearColor(0.6, 0.1, 0.2, 1)
      context.clear(context.COLOR_BUFFER_BIT)
    }
    done()
  }),
  'camera.frames': (done) => {
    const listener = wx.createCameraContext().onCameraFrame(({ width, height }) => {
      listener.stop()
      console.log('@event ' + JSON.stringify({ type: 'frame', detail: { width, height } }))
    })
    listener.start({ success: done, fail: done })
  },
  'video.play': (done) => { wx.createVideoContext('subject').play(); done() },
  'video.seek': (done) => { wx.createVideoContext('subject').seek(6); done() },
  'video.end': (done) => { wx.createVideoContext('subject').seek(11.8); wx.createVideoContext('subject').play(); done() },
  'video.fill': (done) => { wx.createVideoContext('subject').requestFullScreen(); done() },
  'host.settings': (done) => { wx.openSetting(); setTimeout(done, 300) },
  'camera.photo': (done) => wx.createCameraContext().takePhoto({ success: done, fail: done }),
  'editor.block': (done) => wx.createSelectorQuery().select('#text').fields({ context: true }, () => {}).exec(([{ context }]) =>
    context.insertCustomBlock({ success: ({ blockId }) => front().setData({ block: blockId }, done), fail: done })),
  // The same case once more, on a page above this one.
  deeper: (done) => wx.navigateTo({ url: '/' + front().route + '?shown=' + front().data.shown, success: done, fail: done }),
  away: (done) => wx.navigateTo({ url: '/pages/next/index', success: done, fail: done }),
  'video.full': (done) => { wx.createVideoContext('subject').requestFullScreen({ direction: 0 }); setTimeout(done, 400) },
}

const front = () => getCurrentPages().pop()

function contextOf(what, use) {
  wx.createSelectorQuery().select('#subject').fields({ [what]: true }, () => {}).exec(([found]) => use(found && found[what]))
}

/** What every page of the fixture does: shows the case that is asked for and tells of events. */
exports.open = (values) =>
  Page({
    data: { values, shown: 'none', given: {} },

    onLoad({ shown }) {
      if (shown) this.setData({ shown })
      console.log('@loaded')
    },

    /** How deep the stack of pages is, whenever one comes to the front. */
    onShow() {
      console.log('@event ' + JSON.stringify({ type: 'depth', detail: getCurrentPages().length }))
    },

    away() {
      wx.navigateTo({ url: '/pages/next/index' })
    },

    /** A number shows that case; JSON is set as data. */
    choose({ detail }) {
      const text = detail.value
      if (text[0] === '@') {
        doing[text.slice(1)](() => console.log('@did ' + text.slice(1)))
        return
      }
      if (text === '?') {
        this.setData({ given: {} }, () => console.log('@heard'))
        return
      }
      if (text[0] !== '{') {
        const before = Object.fromEntries(['block'].concat(this.given || []).map((name) => [name, undefined]))
        this.setData({ ...before, shown: text }, () => console.log('@shown ' + text))
        return
      }
      const given = JSON.parse(text)
      this.given = (this.given || []).concat(Object.keys(given))
      this.setData(given, () => console.log('@set'))
    },

    /** A worklet's function: what it hears is an event as well. */
    gesture(detail) {
      console.log('@event ' + JSON.stringify({ type: 'worklet', detail }))
    },

    /** Of a handler around another. */
    around(detail) {
      console.log('@event ' + JSON.stringify({ type: 'around', detail }))
    },

    refuse() {
      console.log('@event ' + JSON.stringify({ type: 'asked', detail: {} }))
      return false
    },

    log({ type, detail, target, timeStamp }) {
      let text
      try {
        text = JSON.stringify({ type, detail: detail === undefined ? null : detail, id: target && target.id, timeStamp })
      } catch (error) {
        text = JSON.stringify({ type, detail: {} })
      }
      console.log('@event ' + text)
    },
  })
