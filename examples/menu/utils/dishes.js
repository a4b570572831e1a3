/** The menu: prices in fen, texts in English and Chinese. `extras` name entries of the table below. */
export const categories = [
  { id: 'cold', en: 'Cold mezze', zh: '冷碟' },
  { id: 'hot', en: 'Warm mezze', zh: '热碟' },
  { id: 'grill', en: 'From charcoal', zh: '炭烤' },
  { id: 'bread', en: 'Bread & rice', zh: '饼与饭' },
  { id: 'sweet', en: 'Sweets', zh: '甜点' },
  { id: 'drink', en: 'Drinks', zh: '饮品' },
]

export const extras = {
  pita: { en: 'Extra warm pita', zh: '加热面饼', price: 600 },
  tahini: { en: 'Tahini sauce', zh: '芝麻酱', price: 400 },
  pickles: { en: 'House pickles', zh: '自制泡菜', price: 500 },
  pistachio: { en: 'More pistachio', zh: '多加开心果', price: 600 },
  honey: { en: 'Orange blossom honey', zh: '橙花蜜', price: 400 },
}

const dish = (id, category, price, en, zh, enText, zhText, more = {}) =>
  ({ id, category, price, en, zh, enText, zhText, image: `/images/${id}.webp`, marks: [], extras: [], allergens: [], ...more })

export const dishes = [
  dish('hummus', 'cold', 2800, 'Hummus', '鹰嘴豆泥', 'Chickpeas whipped with tahini, lemon and a well of olive oil', '鹰嘴豆与芝麻酱、柠檬打成，中间一汪橄榄油', { marks: ['vegan'], extras: ['pita', 'pickles'], allergens: ['sesame'], sizes: true, popular: true }),
  dish('aubergine', 'cold', 3000, 'Smoked aubergine', '烟熏茄泥', 'Charred over the flame, pomegranate seeds, molasses', '明火烤透，石榴籽与石榴糖浆', { marks: ['vegan'], extras: ['pita'], allergens: ['sesame'], sizes: true }),
  dish('tabbouleh', 'cold', 3200, 'Tabbouleh', '欧芹碎麦沙拉', 'Parsley first, bulgur second, tomato and lemon', '欧芹为主，碎麦为辅，番茄与柠檬', { marks: ['vegan'], allergens: ['gluten'], sizes: true }),
  dish('labneh', 'cold', 2800, "Labneh & za'atar", '浓酸奶配扎塔', 'Strained for a night, wild thyme and sesame', '滤水一夜，野百里香与芝麻', { marks: ['vegetarian'], extras: ['pita', 'honey'], allergens: ['milk', 'sesame'] }),
  dish('falafel', 'hot', 3600, 'Falafel', '炸鹰嘴豆丸', 'Five, green inside, fried to order with tahini', '五枚，内里翠绿，现点现炸，配芝麻酱', { marks: ['vegan'], extras: ['tahini', 'pickles'], allergens: ['sesame'], popular: true }),
  dish('halloumi', 'hot', 4600, 'Grilled halloumi', '烤哈罗米芝士', 'From the iron, roast tomatoes, Aleppo pepper', '铁板烤制，烤番茄，阿勒颇辣椒', { marks: ['vegetarian'], extras: ['honey'], allergens: ['milk'] }),
  dish('cauliflower', 'hot', 3800, 'Spiced cauliflower', '香料烤花椰菜', 'Roasted dark, seven spices, yoghurt and pomegranate', '烤至焦香，七味香料，酸奶与石榴', { marks: ['vegetarian', 'spicy'], extras: ['tahini'], allergens: ['milk'] }),
  dish('kofta', 'grill', 6800, 'Lamb kofta', '羊肉烤串', 'Three skewers, sumac onions, bread that caught the juice', '三串，漆树粉洋葱，垫着吸满肉汁的面饼', { extras: ['pita', 'tahini'], allergens: ['gluten'], popular: true }),
  dish('shawarma', 'grill', 6200, 'Chicken shawarma', '沙瓦玛鸡肉', 'Carved from the spit, garlic cream, pickled turnip', '旋烤现切，蒜味奶酱，腌萝卜', { extras: ['pita', 'pickles'], allergens: ['milk', 'gluten'] }),
  dish('fish', 'grill', 8800, 'Whole sea bass', '烤海鲈鱼', 'Over charcoal with lemon and dill, for two', '炭火整烤，柠檬莳萝，两人份', { allergens: ['fish'] }),
  dish('pita', 'bread', 1200, 'Pita from the stone', '石炉面饼', 'Three, and they come when they are ready', '三张，出炉即上', { marks: ['vegan'], allergens: ['gluten'] }),
  dish('rice', 'bread', 1800, 'Vermicelli rice', '细面米饭', 'Butter, toasted noodles, almonds', '黄油、炒香细面与杏仁', { marks: ['vegetarian'], allergens: ['milk', 'gluten', 'nuts'] }),
  dish('baklava', 'sweet', 3200, 'Baklava', '果仁千层酥', 'Forty leaves, pistachio, orange blossom', '四十层酥皮，开心果，橙花', { marks: ['vegetarian'], extras: ['pistachio'], allergens: ['gluten', 'nuts', 'milk'], popular: true }),
  dish('kunafa', 'sweet', 4200, 'Kunafa', '金丝芝士饼', 'Warm cheese under a crisp nest, syrup at the table', '酥脆金丝下是温热芝士，桌边淋糖浆', { marks: ['vegetarian'], extras: ['pistachio'], allergens: ['gluten', 'nuts', 'milk'] }),
  dish('tea', 'drink', 1600, 'Mint tea', '薄荷茶', 'A glass of fresh mint, sugar on the side', '一杯新鲜薄荷，糖另放', { marks: ['vegan'], extras: ['honey'] }),
  dish('pomegranate', 'drink', 2600, 'Pomegranate juice', '石榴汁', 'Pressed when you order', '现点现榨', { marks: ['vegan'] }),
]

const allergenNames = {
  sesame: { en: 'sesame', zh: '芝麻' }, gluten: { en: 'gluten', zh: '麸质' }, milk: { en: 'milk', zh: '牛奶' },
  nuts: { en: 'nuts', zh: '坚果' }, fish: { en: 'fish', zh: '鱼' },
}

export function findDish(id) {
  return dishes.find((candidate) => candidate.id === id)
}

/** A dish as a page shows it in `language` (`en` or `zh`), with its marks in words of `words`. */
export function describe(found, language, words) {
  return {
    id: found.id,
    image: found.image,
    price: found.price,
    sizes: Boolean(found.sizes),
    simple: !found.sizes && found.extras.length === 0,
    popular: Boolean(found.popular),
    name: found[language],
    text: found[`${language}Text`],
    marks: found.marks.map((mark) => ({ id: mark, name: words[mark] })),
    allergens: found.allergens.map((allergen) => allergenNames[allergen][language]).join(language === 'zh' ? '、' : ', '),
  }
}
