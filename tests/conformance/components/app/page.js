/** What every page of the fixture does: shows the case that is asked for and tells of events. */
exports.open = (values) =>
  Page({
    data: { values, shown: 'none', given: {} },

    onLoad() {
      console.log('@loaded')
    },

    /** A number shows that case; JSON is set as data. */
    choose({ detail }) {
      const text = detail.value
      if (text[0] !== '{') {
        const before = Object.fromEntries((this.given || []).map((name) => [name, undefined]))
        this.setData({ ...before, shown: text }, () => console.log('@shown ' + text))
        return
      }
      const given = JSON.parse(text)
      this.given = (this.given || []).concat(Object.keys(given))
      this.setData(given, () => console.log('@set'))
    },

    log({ type, detail, target }) {
      let text
      try {
        text = JSON.stringify({ type, detail: detail === undefined ? null : detail, id: target && target.id })
      } catch (error) {
        text = JSON.stringify({ type, detail: {} })
      }
      console.log('@event ' + text)
    },
  })
