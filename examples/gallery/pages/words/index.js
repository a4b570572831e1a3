const article = `
<h3>Mezze</h3>
<p>Many <strong>small dishes</strong>, one table. <em>Take what you like</em>, pass it on.</p>
<ul><li>Hummus</li><li>Falafel</li><li>Baklava</li></ul>
<p style="color: #2c7f63">Rich text is parsed to nodes; a <code>script</code> in it never runs.</p>
<script>throw new Error('rich text must not run this')</script>`

Page({
  data: {
    article,
    lines: 'First line\nSecond line',
    nodes: [
      { name: 'div', attrs: { style: 'padding: 12px; border-radius: 8px; background: #fbeed8' }, children: [
        { type: 'text', text: 'Nodes as data: ' },
        { name: 'b', children: [{ type: 'text', text: 'bold' }] },
      ] },
    ],
  },

  addLine() {
    this.setData({ lines: `${this.data.lines}\nLine ${this.data.lines.split('\n').length + 1}` })
  },
})
