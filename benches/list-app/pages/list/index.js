/**
 * Changes a list as ANCHORS of the project describe it and reports milliseconds from `setData` to its callback.
 * The same source runs in both hosts; the report is text on the page, which the benchmark reads.
 */
const rounds = 7
const smallChanges = 200
const now = typeof performance === 'object' && performance && performance.now ? () => performance.now() : () => Date.now()

const origin = typeof performance === 'object' && performance && performance.timeOrigin ? performance.timeOrigin : 0

let begun = 0
let nextId = 1
const words = ['hummus', 'falafel', 'labneh', 'kofta', 'pita', 'baklava', 'kunafa', 'tabbouleh']
const makeRows = (count) => Array.from({ length: count }, () => {
  const id = nextId
  nextId += 1
  return { id, label: `${words[id % 8]} with ${words[(id * 5) % 8]} no ${id}` }
})

Page({
  data: { rows: [], selected: 0, mark: 0, report: '' },

  async start() {
    const times = {}
    // With each time the moment it began: who watches the page from outside adds the layout that came after the callback.
    const keep = (name, time) => (times[name] = times[name] || []).push([time, begun])
    for (let round = 0; round < rounds; round += 1) {
      await this.runRound(keep)
    }
    this.setData({ report: JSON.stringify(times) })
  },

  async runRound(keep) {
    keep('create 1,000', await this.timed({ rows: makeRows(1000) }))

    const tenth = {}
    for (let index = 0; index < 1000; index += 10) tenth[`rows[${index}].label`] = `${this.data.rows[index].label} !`
    keep('change every tenth', await this.timed(tenth))

    keep('select one', await this.timed({ selected: this.data.rows[500].id }))

    const swapped = this.data.rows.slice()
    const second = swapped[1]
    swapped[1] = swapped[998]
    swapped[998] = second
    keep('swap two', await this.timed({ rows: swapped }))

    keep('append 1,000', await this.timed({ rows: this.data.rows.concat(makeRows(1000)) }))

    const begin = now()
    for (let change = 0; change < smallChanges; change += 1) {
      await this.timed({ [`rows[${(change * 37) % 2000}].label`]: `small change ${change}` }, true)
    }
    begun = origin + begin
    keep('small change in 2,000', (now() - begin) / smallChanges)

    keep('clear 2,000', await this.timed({ rows: [], selected: 0 }))

    // The least that any change costs: one short text on a page without rows.
    const empty = now()
    for (let change = 0; change < smallChanges; change += 1) await this.timed({ mark: change }, true)
    begun = origin + empty
    keep('round trip', (now() - empty) / smallChanges)
  },

  /** Milliseconds from `setData` to its callback; a pause before it lets earlier work settle. */
  async timed(data, small = false) {
    if (!small) await new Promise((resolve) => setTimeout(resolve, 60))
    return new Promise((resolve) => {
      const begin = now()
      begun = origin + begin
      this.setData(data, () => resolve(now() - begin))
    })
  },
})
