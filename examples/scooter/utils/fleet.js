/**
 * The scooters of a small town. Places are in metres east and south of the map's corner (the map is 1,000 m
 * wide and high); `you` is where the rider stands.
 */
const you = { x: 512, y: 540 }

const fleet = [
  { code: 'GL27', battery: 92, x: 566, y: 478, street: 'Mill Lane 4', model: 'Glide Two' },
  { code: 'GL14', battery: 64, x: 430, y: 604, street: 'Harbour Street 18', model: 'Glide Two' },
  { code: 'GL88', battery: 38, x: 612, y: 628, street: 'Fig Tree Square', model: 'Glide One' },
  { code: 'GL03', battery: 77, x: 372, y: 420, street: 'Old Market 2', model: 'Glide Two' },
  { code: 'GL51', battery: 18, x: 708, y: 430, street: 'Station Road 9', model: 'Glide One' },
  { code: 'GL66', battery: 85, x: 296, y: 706, street: 'Museum Quay', model: 'Glide Two' },
]

/** Kilometres that a full battery lasts. */
const fullRange = { 'Glide One': 25, 'Glide Two': 40 }

/** Prices in cents. */
const tariff = { unlock: 100, minute: 22 }

const walkingMetersPerMinute = 80

/** One scooter as pages show it: with its distance in metres, walk in minutes and range in kilometres. */
function describe(scooter) {
  const distance = Math.round(Math.hypot(scooter.x - you.x, scooter.y - you.y) / 10) * 10
  return {
    ...scooter,
    distance,
    walk: Math.max(1, Math.round(distance / walkingMetersPerMinute)),
    range: Math.round((fullRange[scooter.model] * scooter.battery) / 100),
    level: scooter.battery > 60 ? 'full' : scooter.battery > 25 ? 'half' : 'low',
  }
}

function nearby() {
  return fleet.map(describe).sort((one, other) => one.distance - other.distance)
}

function find(code) {
  const wanted = String(code || '').trim().toUpperCase()
  const found = fleet.find((scooter) => scooter.code === wanted)
  return found && describe(found)
}

module.exports = { you, nearby, find, tariff }
