Page({
  data: { told: false, risen: false },
  tell() {
    this.setData({ told: true });
  },
  hush() {
    this.setData({ told: false });
  },
  rise() {
    this.setData({ risen: true });
  },
  sink() {
    this.setData({ risen: false });
  },
});
