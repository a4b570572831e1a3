/**
 * Calls one API as its case says and compares what comes back with the catalog: the shape of success and failure, the
 * members that are described, and the form of the call. Gives a list of problems, empty where all is as described.
 */
const patience = 6000

const typeOf = (value) => {
  if (Array.isArray(value)) return 'array'
  if (value instanceof ArrayBuffer) return 'ArrayBuffer'
  return value === null ? 'null' : typeof value
}

const fits = (types, value) => types.includes('any') || types.includes(typeOf(value))

/** Looks a dotted name up: `FileSystemManager.access` on what gives the manager, `cloud.init` on the namespace. */
function resolve(current) {
  if (current.giver) {
    const owner = current.giver.query ? current.queried : give(current.giver)
    return { owner, member: owner === undefined || owner === null ? undefined : owner[current.method] }
  }
  let owner = wx
  const path = current.name.split('.')
  for (const part of path.slice(0, -1)) owner = owner === undefined ? undefined : owner[part]
  return { owner, member: owner === undefined ? undefined : owner[path[path.length - 1]] }
}

/** Words in arguments that stand for what only the app can make. */
const made = {
  '$page': () => getCurrentPages()[getCurrentPages().length - 1],
  '$function': () => () => {},
  '$buffer': () => new Uint8Array([109, 101, 122, 122, 101]).buffer,
  '$image': () => wx.createOffscreenCanvas({ type: '2d', width: 4, height: 4 }),
  // A descriptor of a file that was just written.
  '$fd': () => {
    const files = wx.getFileSystemManager()
    files.writeFileSync(`${wx.env.USER_DATA_PATH}/descriptor.txt`, 'words')
    return files.openSync({ filePath: `${wx.env.USER_DATA_PATH}/descriptor.txt`, flag: 'r+' })
  },
  '$path': () => root.createPath2D(),
  '$destination': () => root.destination,
  '$floats': () => new Float32Array([0, 1]),
  '$pixels': () => new Uint8ClampedArray(4 * 4 * 4),
}

/** Path of a picture among the temporary files. */
let picture
let temporary

function fill(value) {
  if (typeof value === 'string') {
    if (made[value]) return made[value]()
    return value.replace('$user', wx.env.USER_DATA_PATH).replace('$picture', picture || '$picture').replace('$temporary', temporary || '$temporary')
  }
  if (Array.isArray(value)) return value.map(fill)
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member)]))
  }
  return value
}

/** What the last chain began with. */
let root

/** What an API gives; with `then`, what methods of that give in turn, or a member that is no function. */
function give(giver) {
  const value = wx[giver.name]
  root = typeof value === 'function' ? value.apply(wx, fill(giver.arguments || [])) : value
  return (giver.then || []).reduce((owner, [name, ...given]) => {
    const member = owner[name]
    return typeof member === 'function' ? member.apply(owner, fill(given)) : member
  }, root)
}

/** What a selector query gives of a node: its context (`<editor>`) or the node itself (`<canvas>`). */
function query({ query: selector, member }) {
  return limited(new Promise((done) => {
    const node = wx.createSelectorQuery().select(selector)
    node[member]((found) => done(found && found[member])).exec()
  }))
}

/** A picture among the temporary files, for the APIs that take one; a second one for those that take it away. */
async function makePictures() {
  picture = picture || (await makePicture())
  temporary = await makePicture()
}

async function makePicture() {
  const canvas = wx.createOffscreenCanvas({ type: '2d', width: 40, height: 30 })
  const context = canvas.getContext('2d')
  context.fillStyle = '#2a7'
  context.fillRect(0, 0, 40, 30)
  const result = await wx.canvasToTempFilePath({ canvas }).catch(() => undefined)
  return result && result.tempFilePath
}

const limited = (promise, silent, time = patience) =>
  Promise.race([promise, new Promise((done) => setTimeout(() => done(silent), time))])

/** Calls with callbacks; tells which of them came, in order. */
function byCallbacks(member, owner, args, more, time) {
  const ends = []
  let finish
  const ended = new Promise((done) => { finish = done })
  const options = {
    ...args,
    success: (detail) => ends.push({ end: 'success', detail }),
    fail: (detail) => ends.push({ end: 'fail', detail }),
    complete: (detail) => { ends.push({ end: 'complete', detail }); finish(ends) },
  }
  let returned
  try {
    returned = member.call(owner, options, ...more)
  } catch (error) {
    return { ended: Promise.resolve([{ end: 'threw', detail: { errMsg: String(error && error.message) } }]), returned }
  }
  return { ended: limited(ended, ends, time), returned }
}

function checkEnd(current, ends) {
  const problems = []
  const names = ends.map((each) => each.end)
  if (names.length === 0) return ['hangs: neither success, fail nor complete within the time']
  if (names[0] === 'threw') return [`throws instead of failing: ${ends[0].detail.errMsg}`]
  if (names.join(' ') !== `${current.expect} complete`) {
    problems.push(`ends with ${names.join(', ')} instead of ${current.expect}, complete: ${ends[0].detail && ends[0].detail.errMsg}`)
  }
  return problems.concat(checkDetail(current, names[0], ends[0].detail || {}))
}

function checkDetail(current, end, detail) {
  const problems = []
  const name = current.errorName || current.method || current.name
  if (end === 'success') {
    if (detail.errMsg !== `${name}:ok`) problems.push(`errMsg is ${JSON.stringify(detail.errMsg)} and not "${name}:ok"`)
    problems.push(...checkMembers(current, detail))
  } else {
    if (typeof detail.errMsg !== 'string' || detail.errMsg.indexOf(`${name}:fail`) !== 0) {
      problems.push(`errMsg is ${JSON.stringify(detail.errMsg)} and not "${name}:fail …"`)
    }
    if (current.reason && !new RegExp(current.reason).test(detail.errMsg)) {
      problems.push(`errMsg is ${JSON.stringify(detail.errMsg)} and not /${current.reason}/`)
    }
    if (detail.errno !== undefined && typeof detail.errno !== 'number') problems.push('errno is no number')
  }
  return problems
}

function checkMembers(current, detail) {
  const problems = []
  for (const result of current.results) {
    const value = detail === undefined || detail === null ? undefined : detail[result.name]
    if (value === undefined || value === null) {
      if (!current.mayMiss.includes(result.name)) problems.push(`${result.name} is missing`)
    } else if (!fits(result.types, value)) {
      problems.push(`${result.name} is ${typeOf(value)} and not ${result.types.join(' or ')}`)
    }
  }
  return problems
}

async function checkCall(current) {
  const { owner, member } = resolve(current)
  if (typeof member !== 'function') return [`is ${typeof member} and not a function`]
  const args = fill(current.arguments)
  const more = fill(current.more || [])
  const first = byCallbacks(member, owner, args, more, current.patience)
  const problems = checkEnd(current, await first.ended)
  if (current.kind === 'task') {
    problems.push(...checkTask(current, first.returned))
    return problems
  }
  if (first.returned !== undefined && first.returned !== null && typeof first.returned.then === 'function') {
    problems.push('gives a promise although there are callbacks')
  }
  if (current.once) return problems
  const second = await byPromise(member, owner, args, more, current)
  return problems.concat(second.map((problem) => `as a promise: ${problem}`))
}

async function byPromise(member, owner, args, more, current) {
  let promise
  try {
    promise = member.call(owner, args, ...more)
  } catch (error) {
    return [`throws ${error && error.message}`]
  }
  if (promise === undefined || promise === null || typeof promise.then !== 'function') return ['gives no promise']
  const silent = {}
  const end = await limited(promise.then((detail) => ({ end: 'success', detail }), (detail) => ({ end: 'fail', detail })), silent, current.patience)
  if (end === silent) return ['never settles']
  const problems = end.end === current.expect ? [] : [`ends with ${end.end} instead of ${current.expect}: ${end.detail && end.detail.errMsg}`]
  return problems.concat(checkDetail(current, end.end, end.detail || {}))
}

function checkTask(current, task) {
  if (task === undefined || task === null || typeof task !== 'object') return [`gives ${typeOf(task)} and no task`]
  return current.taskMethods.filter((name) => typeof task[name] !== 'function').map((name) => `the task has no ${name}`)
}

function checkSync(current) {
  const { owner, member } = resolve(current)
  if (typeof member !== 'function') return [`is ${typeof member} and not a function`]
  let value
  try {
    value = member.apply(owner, fill(current.arguments))
  } catch (error) {
    const message = String(error && (error.errMsg || error.message))
    if (current.expect !== 'fail') return [`throws ${message}`]
    return !current.reason || new RegExp(current.reason).test(message) ? [] : [`throws ${message} and not /${current.reason}/`]
  }
  if (current.expect === 'fail') return ['does not throw']
  const problems = []
  if (current.returns !== undefined && !fits([current.returns], value)) problems.push(`returns ${typeOf(value)} and not ${current.returns}`)
  if (current.returns === 'object') problems.push(...checkMembers(current, value))
  for (const name of current.members || []) {
    if (value === undefined || value === null || typeof value[name] !== 'function') problems.push(`what it gives has no method ${name}`)
  }
  return problems
}

function checkEvent(current) {
  const { owner, member } = resolve(current)
  if (typeof member !== 'function') return [`is ${typeof member} and not a function`]
  const off = current.off && owner[current.off.split('.').pop()]
  if (current.off && typeof off !== 'function') return [`${current.off} is ${typeof off} and not a function`]
  const listener = () => {}
  member.call(owner, listener)
  if (off) {
    off.call(owner, listener)
    off.call(owner)
  }
  return []
}

/** What a host does not carry out is there, fails in the original's shape by both forms, and never hangs. */
async function checkDeclared(current) {
  const { owner, member } = resolve(current)
  if (current.kind === 'value') return member === undefined ? ['is not there'] : []
  if (typeof member !== 'function') return [`is ${typeof member} and not a function`]
  if (current.kind === 'event') return checkEvent(current)
  if (current.kind === 'sync') {
    try {
      member.call(owner, {})
      return []
    } catch (error) {
      return /:fail /.test(String(error && error.message)) ? [] : [`throws ${error && error.message}`]
    }
  }
  return checkCall({ ...current, expect: 'fail', arguments: {}, reason: ':fail ' })
}

function ownerOf(api) {
  const [first, name] = api.split('.')
  if (first === 'fs') return [wx.getFileSystemManager(), name]
  return first === 'map' ? [wx.createMapContext('map'), name] : [wx, api]
}

/** Calls around a case; `fs.writeFile` is of the file system manager. Their own failures are no concern here. */
async function carryOut(steps = []) {
  for (const { api, arguments: given = {} } of steps) {
    const [owner, name] = ownerOf(api)
    await limited(Promise.resolve(owner[name](fill(given))).catch(() => {}))
  }
}

const byKind = {
  call: checkCall,
  task: checkCall,
  sync: checkSync,
  event: checkEvent,
  value: (current) => (resolve(current).member === undefined ? ['is not there'] : []),
}

exports.check = async (current) => {
  try {
    if (picture === undefined || JSON.stringify(current).includes('$temporary')) await makePictures()
    if (current.giver && current.giver.query) current.queried = await query(current.giver)
    await carryOut(current.before)
    const problems = await (current.declared ? checkDeclared(current) : byKind[current.kind](current))
    await carryOut(current.after)
    return problems
  } catch (error) {
    return [`the check itself failed: ${(error && error.stack) || error}`]
  }
}
