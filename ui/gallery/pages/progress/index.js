Page({
  data: {
    kitchen: [
      { name: 'Received' },
      { name: 'Being cooked', hint: 'About eight minutes' },
      { name: 'On its way' },
      { name: 'On the table' },
    ],
    unlock: [{ name: 'Found' }, { name: 'Paid' }, { name: 'Unlocked' }],
  },
});
