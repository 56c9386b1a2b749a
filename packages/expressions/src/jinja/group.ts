import { PyTuple } from '@st2/python-values'

/** What `groupby` gives: a pair whose parts also have names. @source jinja2: filters.py _GroupTuple */
export class GroupTuple extends PyTuple {
  static pair(grouper: unknown, list: unknown[]): GroupTuple {
    const pair = new GroupTuple()
    pair.push(grouper, list)
    return pair
  }

  get pyModule(): string {
    return 'jinja2.filters.'
  }

  get pyType(): string {
    return '_GroupTuple'
  }

  attribute(name: string): unknown {
    if (name === 'grouper') return this[0]
    return name === 'list' ? this[1] : undefined
  }
}
