/**
 * One tap on the bar runs the next case, so that every call has the gesture that it may need; cases that need none
 * follow at once.
 */
const { cases } = require('../../cases')
const { check } = require('../../check')

Page({
  data: { next: '', camera: true },

  onLoad({ from }) {
    this.index = Number(from || 0)
    this.show()
  },

  show() {
    this.setData({ next: this.index < cases.length ? cases[this.index].name : 'done' })
  },

  async run() {
    if (this.busy || this.index >= cases.length) return
    this.busy = true
    do {
      const current = cases[this.index]
      console.log('@begin ' + current.name)
      const problems = await check(current)
      console.log('@end ' + JSON.stringify({ name: current.name, problems }))
      this.index += 1
    } while (this.index < cases.length && cases[this.index].quick)
    this.busy = false
    this.setData({ next: this.index < cases.length ? cases[this.index].name : 'done' }, () => console.log('@wait'))
  },
})
