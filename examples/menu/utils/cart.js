/**
 * What is on the table and what was ordered, kept in storage so that both survive a restart.
 * A line is one dish in one size with one set of extras; adding the same again raises its quantity.
 */
import { extras, findDish } from './dishes'

const state = { lines: [], orders: [] }

/** To share is two and a half tastes of food for two tastes' price. */
const sharePriceFactor = 2

export function restore() {
  const known = (line) => Boolean(findDish(line.dishId))
  state.lines = (wx.getStorageSync('lines') || []).filter(known)
  state.orders = wx.getStorageSync('orders') || []
}

function save() {
  wx.setStorageSync('lines', state.lines)
  wx.setStorageSync('orders', state.orders)
}

function unitPrice(dish, size, extraIds) {
  const base = size === 1 ? dish.price * sharePriceFactor : dish.price
  return extraIds.reduce((sum, id) => sum + extras[id].price, base)
}

export function lines() {
  return state.lines
}

export function add(dishId, quantity = 1, size = 0, extraIds = []) {
  const key = [dishId, size, ...[...extraIds].sort()].join('/')
  const line = state.lines.find((candidate) => candidate.key === key)
  if (line) line.quantity += quantity
  else state.lines.push({ key, dishId, size, extraIds, quantity, price: unitPrice(findDish(dishId), size, extraIds) })
  save()
}

export function setQuantity(key, quantity) {
  state.lines = quantity > 0
    ? state.lines.map((line) => (line.key === key ? { ...line, quantity } : line))
    : state.lines.filter((line) => line.key !== key)
  save()
}

export function clear() {
  state.lines = []
  save()
}

export function count() {
  return state.lines.reduce((sum, line) => sum + line.quantity, 0)
}

export function total() {
  return state.lines.reduce((sum, line) => sum + line.quantity * line.price, 0)
}

export function quantityOf(dishId) {
  return state.lines.filter((line) => line.dishId === dishId).reduce((sum, line) => sum + line.quantity, 0)
}

/** Sends what is on the table to the kitchen; the table is empty afterwards. Gives the order. */
export function placeOrder({ table, guests, note }, now = Date.now()) {
  const order = { number: 100 + state.orders.length + 1, table, guests, note, placed: now, total: total(), lines: state.lines }
  state.orders = [order, ...state.orders]
  state.lines = []
  save()
  return order
}

export function orders() {
  return state.orders
}

export function orderAgain(number) {
  const order = state.orders.find((candidate) => candidate.number === number)
  if (order) order.lines.forEach((line) => add(line.dishId, line.quantity, line.size, line.extraIds))
}

/** Seconds after ordering at which each state begins: received, in the kitchen, on its way, served. */
const stateStarts = [0, 8, 20, 32]

export function orderState(order, now = Date.now()) {
  const seconds = (now - order.placed) / 1000
  return stateStarts.reduce((reached, start, index) => (seconds >= start ? index : reached), 0)
}

/** The number on the tab of the table; none where it is empty. */
export function showBadge() {
  const dishesOnTable = count()
  if (dishesOnTable > 0) wx.setTabBarBadge({ index: 1, text: String(dishesOnTable), fail() {} })
  else wx.removeTabBarBadge({ index: 1, fail() {} })
}
