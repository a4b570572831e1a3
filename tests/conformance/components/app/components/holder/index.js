Component({ options: { multipleSlots: true }, properties: { name: String } })
