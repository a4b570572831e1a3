/** A mini app in the dialect as a developer writes it: what must type-check, and what must not. */

App({
  globalData: { table: 4 },
  onLaunch({ path }) {
    console.log(path, this.globalData.table);
  },
});

Page({
  data: { dishes: [] as string[], count: 0 },

  async onLoad({ from }) {
    const { data, statusCode, errMsg } = await load('https://example.org/dishes');
    this.setData({ dishes: data, [`seen.${from}`]: statusCode });
    console.log(errMsg, this.data.count + 1);
    this.greet('Ada');
  },

  greet(name: string) {
    void wx.showToast({ title: name, icon: 'success' });
  },

  onTap(event: MiniApp.Event<{ value: string }>) {
    const dish: string = event.detail.value;
    wx.showModal({
      title: dish,
      success({ confirm }) {
        const agreed: boolean | undefined = confirm;
        console.log(agreed);
      },
      fail: ({ errMsg, errno }) => console.log(errMsg, errno),
    });
  },
});

Component({
  properties: { title: String },
  data: { open: false },
  methods: {
    toggle() {
      this.setData({ open: !this.data.open });
      this.triggerEvent('toggle', { open: this.data.open });
      this.close();
    },
    close() {},
  },
});

/** Callbacks give nothing, none give a promise. */
function load(url: string): Promise<{ data: string[]; statusCode: number; errMsg: string }> {
  return new Promise((done, fail) => {
    const task = wx.request({
      url,
      success: ({ data, statusCode, errMsg }) => done({ data: data as never, statusCode: statusCode ?? 0, errMsg }),
      fail,
    });
    task.onHeadersReceived(() => {});
    task.abort();
  });
}

async function both(): Promise<void> {
  const { latitude } = await wx.getLocation({ type: 'gcj02' });
  console.log(latitude?.toFixed(2));
  wx.getLocation({ success: ({ longitude }) => console.log(longitude) });
  const { windowWidth } = wx.getWindowInfo();
  console.log(windowWidth);
  await mezze.getSetting();
  wx.onNetworkStatusChange(({ isConnected }) => console.log(isConnected));
  wx.offNetworkStatusChange();
  const files = wx.getFileSystemManager();
  files.readFile({ filePath: 'words.txt', success: () => {} });
  const text: string | ArrayBuffer = files.readFileSync('words.txt', 'utf8');
  console.log(text, wx.canIUse('showToast'), wx.cloud);
}
void both;

function refused(): void {
  // @ts-expect-error a toast has a title
  void wx.showToast({});
  // @ts-expect-error there is no such icon
  void wx.showToast({ title: 'x', icon: 'fire' });
  // @ts-expect-error a number is no address
  wx.navigateTo({ url: 5 });
  // @ts-expect-error there is no such API
  wx.showSandwich();
  // @ts-expect-error the result has no such member
  wx.showModal({ success: ({ sandwich }) => console.log(sandwich) });
  // @ts-expect-error callbacks give no promise
  wx.getStorage({ key: 'x', success: () => {} }).then(() => {});
}
void refused;
