Page({
  data: {
    query: '',
    tab: 'warm',
    tabs: [
      { value: 'cold', name: 'Cold' },
      { value: 'warm', name: 'Warm', badge: 3 },
      { value: 'grill', name: 'Grill' },
      { value: 'sweet', name: 'Sweet' },
      { value: 'drinks', name: 'Drinks' },
    ],
    count: 2,
    few: 0,
    stars: 4,
  },
  search({ detail }) {
    this.setData({ query: (detail && detail.value) || '' });
  },
  choose({ detail }) {
    this.setData({ tab: detail.value });
  },
  count({ detail }) {
    this.setData({ count: detail.value });
  },
  few({ detail }) {
    this.setData({ few: detail.value });
  },
  rate({ detail }) {
    this.setData({ stars: detail.value });
  },
});
