App({
  onLaunch() {
    console.log('The app starts');
  },
});
