Page({
  data: { guests: 2 },

  add() {
    this.setData({ guests: this.data.guests + 1 });
  },

  reserve() {
    wx.showToast({ title: 'Table kept' });
  },
});
