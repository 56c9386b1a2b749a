import { dictFrom, entriesOf, isDict, PyTuple } from '@st2/python-values'
import { Markup } from '../objects.ts'

/** Data without markup in it: for writers that know texts only. Data that has none is given back as it is. */
export function plainData(value: unknown): unknown {
  return hasMarkup(value) ? plain(value) : value
}

function hasMarkup(value: unknown): boolean {
  if (value instanceof Markup) return true
  if (Array.isArray(value)) return value.some(hasMarkup)
  return isDict(value) && entriesOf(value).some(([key, inner]) => key instanceof Markup || hasMarkup(inner))
}

function plain(value: unknown): unknown {
  if (value instanceof Markup) return value.text
  if (value instanceof PyTuple) return PyTuple.from(value.map(plain))
  if (Array.isArray(value)) return value.map(plain)
  return isDict(value) ? dictFrom(entriesOf(value).map(([key, inner]) => [plain(key), plain(inner)])) : value
}
