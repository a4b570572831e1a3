Page({ data: { name: 'other' } })
