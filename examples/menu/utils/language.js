/** The two languages of the app. Every text a guest reads is here or in `dishes.js`, in both. */
const texts = {
  en: {
    tabs: ['Menu', 'Table', 'Orders'], title: 'Olive & Fig', tagline: 'Mezze, charcoal and bread from the stone oven', table: 'Table', other: '中文',
    add: 'Add to the table', cartTitle: 'On your table', cartEmpty: 'Nothing on the table yet', cartEmptyHint: 'Small plates are meant to be shared. Three for two people is a good start.',
    browse: 'See the menu', guests: 'Guests', note: 'Anything the kitchen should know', notePlaceholder: 'Allergies, less salt, all at once …', dishes: 'Dishes', service: 'Service',
    serviceHint: 'included', total: 'Total', order: 'Order for table', remove: 'Remove', removeAsk: 'Take it off the table?', cancel: 'Keep', clear: 'Clear all', clearAsk: 'Clear the whole table?',
    sent: 'Sent to the kitchen', ordersTitle: 'Orders', ordersEmpty: 'No orders yet', ordersEmptyHint: 'What you order appears here, with how far the kitchen is.', items: 'items', payHint: 'You pay at the table when you leave.',
    states: ['Received', 'In the kitchen', 'On its way', 'Served'], stateHints: ['The kitchen has your order.', 'Bread is baking, charcoal is hot.', 'A waiter is carrying it to you.', 'Enjoy your meal.'],
    size: 'Size', extras: 'Extras', portion: ['To taste', 'To share'], vegetarian: 'vegetarian', vegan: 'vegan', spicy: 'spicy', contains: 'Contains', again: 'Order this again', placed: 'Ordered at', fromBefore: 'from', fromAfter: '', cart: 'See the table', number: 'Order',
    missing: 'This dish is not on the menu any more', quantity: 'How many',
  },
  zh: {
    tabs: ['菜单', '餐桌', '订单'], title: '橄榄与无花果', tagline: '小碟、炭烤与石炉面饼', table: '桌号', other: 'English',
    add: '加入餐桌', cartTitle: '您的餐桌', cartEmpty: '餐桌上还没有菜', cartEmptyHint: '小碟适合分享，两位先点三碟正好。',
    browse: '看看菜单', guests: '用餐人数', note: '给厨房的话', notePlaceholder: '过敏、少盐、一起上菜……', dishes: '菜品', service: '服务费',
    serviceHint: '已含', total: '合计', order: '下单，桌号', remove: '移除', removeAsk: '把这道菜撤下？', cancel: '留着', clear: '清空', clearAsk: '清空整张餐桌？',
    sent: '已送到厨房', ordersTitle: '订单', ordersEmpty: '还没有订单', ordersEmptyHint: '下单之后，可以在这里看到厨房的进度。', items: '件', payHint: '离席时在桌边结账。',
    states: ['已收到', '制作中', '上菜中', '已上桌'], stateHints: ['厨房已经收到您的订单。', '面饼入炉，炭火正旺。', '服务员正端来。', '请慢用。'],
    size: '份量', extras: '加料', portion: ['尝味', '分享'], vegetarian: '素食', vegan: '纯素', spicy: '辣', contains: '含有', again: '再来一单', placed: '下单时间', fromBefore: '', fromAfter: '起', cart: '查看餐桌', number: '订单',
    missing: '这道菜已经下架', quantity: '数量',
  },
}

let current = 'en'

/** The guest's own choice comes first, then the language of the device. */
export function startLanguage() {
  const chosen = wx.getStorageSync('language')
  const device = String(wx.getSystemInfoSync().language || '')
  current = chosen || (device.toLowerCase().startsWith('zh') ? 'zh' : 'en')
}

export function language() {
  return current
}

export function text() {
  return texts[current]
}

export function switchLanguage() {
  current = current === 'zh' ? 'en' : 'zh'
  wx.setStorageSync('language', current)
}

/** Puts tab bar and title into the chosen language; called when a page shows. */
export function applyLanguage(title) {
  texts[current].tabs.forEach((label, index) => wx.setTabBarItem({ index, text: label, fail() {} }))
  wx.setNavigationBarTitle({ title })
}
