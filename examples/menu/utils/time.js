/** Hours and minutes of a time in milliseconds, `19:05`. */
export function clock(time) {
  const date = new Date(time)
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
}
