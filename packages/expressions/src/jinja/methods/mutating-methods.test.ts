import { describe, expect, it } from 'vitest'
import { WorkflowExpressions } from '../../orquesta/workflow-expressions.ts'
import { evaluateExpression, renderTemplate } from '../template.ts'

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
    ['{% set l = [] %}{{ l.append([l]) }}', 'a list or dict cannot be put into itself'],
    ['{{ [].pop() }}', 'pop from empty list'],
    ['{{ [1].pop(5) }}', 'pop index out of range'],
    ['{{ [1].remove(2) }}', 'list.remove(x): x not in list'],
    ["{{ {}.pop('x') }}", "'x'"],
  ])('%s is refused', (source, message) => {
    expect(() => render(source)).toThrow(message)
  })

  it.each([
    ['{{ given.append(2) }}{{ given }}', 'None[1, 2]'],
    ["{{ mapping.update({'a': 2, 3: 4}) }}{{ mapping }}", "None{'a': 2, 3: 4}"],
    ["{% set d = {} %}{{ d.update({'__proto__': 1, '1': 2, 1: 3}) }}{{ d }}", "None{'__proto__': 1, '1': 2, 1: 3}"],
    ['{% for x in deep.list %}{{ x.pop("k") }}{% endfor %}{{ deep }}', "12{'list': [{}, {}], 'same': 1}"],
    ['{% set k = mapping.keys() %}{{ mapping.clear() }}{{ k }}', 'Nonedict_keys([])'],
    ['{{ (given * 2).reverse() }}{{ "a b".split().pop() }}', 'Noneb'],
  ])('%s changes a copy of the data', (source, expected) => {
    const context = { given: [1], mapping: { a: 1 }, deep: { list: [{ k: 1 }, { k: 2 }], same: 1 } }
    const before = structuredClone(context)
    expect(renderTemplate(source, context)).toBe(expected)
    expect(context).toEqual(before)
  })

  it('gives plain dicts where an expression has changed some', () => {
    const context = { d: { a: { b: 1 } } }
    expect(evaluateExpression('[d.update(x=1), d]', context)).toEqual([null, { a: { b: 1 }, x: 1 }])
    expect(context).toEqual({ d: { a: { b: 1 } } })
  })

  it('changes a copy of the data of a workflow, for all expressions of a field', () => {
    const data = { l: [1], d: {} }
    const expressions = new WorkflowExpressions()
    expect(expressions.evaluate("{{ ctx('l').append(2) }} {{ ctx('l') }}", data)).toBe('None [1, 2]')
    expect(expressions.evaluate("{{ [ctx('d').update(a=1), ctx('d')] }}", data)).toEqual([null, { a: 1 }])
    expect(data).toEqual({ l: [1], d: {} })
  })
})
