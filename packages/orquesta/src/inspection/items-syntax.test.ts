import { describe, expect, it } from 'vitest'
import { isItemsText } from './items-syntax.ts'

describe('isItemsText', () => {
  it.each([
    '<% ctx(hosts) %>',
    '  {{ ctx().hosts }} ',
    'host in <% ctx(hosts) %>',
    'a, b in {{ pairs }}',
    'p,q in <% x %>',
    'p,  q in <% x %>',
    ' größe in <% x %>',
    '<% a %> and <% b %>',
    '<%%>',
  ])('takes %j', (text) => {
    expect(isItemsText(text)).toBe(true)
  })

  it.each([
    'hosts',
    '[1, 2]',
    'x<% a %>',
    '<% a %>x',
    'p q in <% x %>',
    'p , q in <% x %>',
    'p, in <% x %>',
    'in <% x %>',
    'a in[1]',
    '<% a\n%>',
    '<%>',
    'a in {{ x %>',
    '',
  ])('refuses %j', (text) => {
    expect(isItemsText(text)).toBe(false)
  })

  it('is quick with names that never end', () => {
    expect(isItemsText(`${'a,'.repeat(50_000)} <% x %>`)).toBe(false)
  })
})
