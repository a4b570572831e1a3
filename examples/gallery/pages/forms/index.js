const hours = Array.from({ length: 24 }, (_, hour) => `${hour} h`)
const minutes = ['00', '15', '30', '45']

Page({
  data: {
    name: '', letters: 0, bound: 'both ways', fruits: ['fig', 'olive', 'pomegranate'], fruit: 0,
    date: '2026-09-01', time: '19:30', region: [], multi: [19, 2], multiRange: [hours, minutes],
    volume: 40, dark: false, agreed: [], size: 'small', sent: '', wheel: [3, 1],
    hours, minutes, pressed: '',
  },

  typeName({ detail }) {
    this.setData({ name: detail.value })
  },

  // What is returned is what the field shows: figures only, in groups of four.
  typeCard({ detail }) {
    return detail.value.replace(/\D/g, '').replace(/(\d{4})(?=\d)/g, '$1 ')
  },

  typeNote({ detail }) {
    this.setData({ letters: detail.value.length })
  },

  choose({ currentTarget, detail }) {
    this.setData({ [currentTarget.dataset.name]: detail.value })
  },

  press({ currentTarget }) {
    this.setData({ pressed: currentTarget.dataset.name })
  },

  submit({ detail }) {
    this.setData({ sent: JSON.stringify(detail.value, null, 2) })
  },

  reset() {
    this.setData({ sent: '' })
  },
})
