import { describe, expect, it } from 'vitest'
import { renderTemplate } from '../template.ts'

function render(source: string): string {
  return renderTemplate(source, { given: [1], mapping: { a: 1 } })
}

describe('lists and dicts that a template has made', () => {
  it.each([
    ['{% set l = [] %}{% for x in [1, 2] %}{% set _ = l.append(x * 2) %}{% endfor %}{{ l }}', '[2, 4]'],
    ['{% set l = given | list %}{% set _ = l.extend([2, 3]) %}{{ l }}{{ given }}', '[1, 2, 3][1]'],
    ['{% set l = [3, 1, 2] %}{{ l.sort() }}{{ l }}{{ l.sort(reverse=true) }}{{ l }}', 'None[1, 2, 3]None[3, 2, 1]'],
    ['{% set l = [1, 2, 3] %}{{ l.pop() }}{{ l.pop(0) }}{{ l }}', '31[2]'],
    ["{% set l = [1] %}{{ l.insert(0, 'a') }}{{ l.insert(-1, 'b') }}{{ l }}", "NoneNone['a', 'b', 1]"],
    ['{% set l = [1, 2, 1] %}{{ l.remove(1) }}{{ l.reverse() }}{{ l }}{{ l.clear() }}{{ l }}', 'NoneNone[1, 2]None[]'],
    ["{% set d = {} %}{{ d.update({'x': 1}, y=2) }}{{ d }}", "None{'x': 1, 'y': 2}"],
    ["{% set d = dict(a=1) %}{{ d.setdefault('a', 5) }}{{ d.setdefault('b', 6) }}{{ d }}", "16{'a': 1, 'b': 6}"],
    ["{% set d = {'a': 1, 'b': 2} %}{{ d.pop('a') }}{{ d.pop('z', 9) }}{{ d.popitem() }}{{ d }}", "19('b', 2){}"],
  ])('%s changes them', (source, expected) => {
    expect(render(source)).toBe(expected)
  })

  it.each([
    ['{{ given.append(2) }}', "method 'append' of 'list' is not supported for data of the caller"],
    ["{{ mapping.update({'a': 2}) }}", "method 'update' of 'dict' is not supported for data of the caller"],
    ['{% set l = [] %}{{ l.append([l]) }}', 'a list or dict cannot be put into itself'],
    ['{{ [].pop() }}', 'pop from empty list'],
    ['{{ [1].pop(5) }}', 'pop index out of range'],
    ['{{ [1].remove(2) }}', 'list.remove(x): x not in list'],
    ["{{ {}.pop('x') }}", "'x'"],
    [
      "{% set d = {} %}{{ d.update({'__proto__': 1}) }}",
      "the key '__proto__' can only be given where the dict is made",
    ],
  ])('%s is refused', (source, message) => {
    expect(() => render(source)).toThrow(message)
  })
})
