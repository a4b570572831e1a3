Page({
  data: { open: ['allergens'] },
  unfold({ detail }) {
    this.setData({ open: detail.value });
  },
});
