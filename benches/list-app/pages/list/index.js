/**
 * Changes a list as ANCHORS of the project describe it and reports milliseconds from `setData` to its callback.
 * The same source runs in both hosts; the report is text on the page, which the benchmark reads.
 */
const rounds = 11
const smallChanges = 200
const fine = typeof performance === 'object' && performance && performance.now ? performance : undefined

/** How often `Date.now` is asked until its next millisecond. */
const turnsToNext = () => {
  const at = Date.now()
  let turns = 0
  while (Date.now() === at) turns += 1
  return turns
}

let turnsPerMillisecond = 1
const calibrate = () => {
  for (let time = 0; time < 50; time += 1) turnsPerMillisecond = Math.max(turnsPerMillisecond, turnsToNext())
}

/** Milliseconds since 1970, with a fraction also where a host gives its apps whole ones only: the rest is counted. */
const now = () => {
  if (fine) return fine.timeOrigin + fine.now()
  const at = Date.now()
  return at + 1 - Math.min(1, turnsToNext() / turnsPerMillisecond)
}

/** Begins at the start of a millisecond, which both clocks tell exactly. The hand-written code begins as its does. */
const begin = () => {
  turnsToNext()
  return fine ? fine.timeOrigin + fine.now() : Date.now()
}

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
    calibrate()
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

    await this.repeated(keep, 'small change in 2,000', (change) => ({ [`rows[${(change * 37) % 2000}].label`]: `small change ${change}` }))

    keep('clear 2,000', await this.timed({ rows: [], selected: 0 }))

    // The least that any change costs: one short text on a page without rows, both threads at rest or wide awake.
    keep('round trip after a pause', await this.timed({ mark: -1 }))
    await this.repeated(keep, 'round trip', (change) => ({ mark: change }))
  },

  /** Milliseconds from `setData` to its callback; a pause before it lets earlier work settle. */
  async timed(data) {
    await new Promise((resolve) => setTimeout(resolve, 60))
    begun = begin()
    await this.changed(data)
    return now() - begun
  },

  /** The mean of many small changes, one after the other. */
  async repeated(keep, name, dataOf) {
    await new Promise((resolve) => setTimeout(resolve, 60))
    const first = begin()
    for (let change = 0; change < smallChanges; change += 1) await this.changed(dataOf(change))
    begun = first
    keep(name, (now() - first) / smallChanges)
  },

  changed(data) {
    return new Promise((resolve) => this.setData(data, resolve))
  },
})
