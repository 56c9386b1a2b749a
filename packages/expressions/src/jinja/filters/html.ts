import { noItems } from './pairs.ts'
import {
  entriesOf,
  isDict,
  isInt,
  isTruthy,
  PythonError,
  PythonTypeError,
  PythonValueError,
  repr,
  str,
  typeName,
} from '@st2/python-values'
import { isIterable, toList } from '../collections.ts'
import { FilterArgumentError } from '../errors.ts'
import { escape, escapeText, stripTags } from '../markup.ts'
import { Markup, textOf } from '../objects.ts'
import { type Filter, filter, markupFilter } from '../registry.ts'
import type { Scope } from '../scope.ts'
import { Undefined } from '../undefined.ts'
import { pairOf } from './pairs.ts'
import { linkWords } from './urlize.ts'

const escapeFilter = markupFilter('escape', ['s'], ([value], { budget }) => escape(value, budget))

/** Filters about HTML and addresses. @source jinja2: filters.py */
export const HTML_FILTERS: Record<string, Filter> = {
  e: escapeFilter,
  escape: escapeFilter,
  forceescape: markupFilter('do_forceescape', ['value'], ([value]) => new Markup(escapeText(str(value)))),
  safe: markupFilter('do_mark_safe', ['value'], ([value]) => new Markup(str(value))),
  striptags: filter('do_striptags', ['value'], ([value], scope) => {
    const text = str(value)
    scope.budget.spend(text.length >> 6)
    return stripTags(text)
  }),
  urlencode: filter('do_urlencode', ['value'], ([value], scope) => urlEncode(value, scope)),
  xmlattr: markupFilter('do_xmlattr', ['d', ['autospace', true]], ([value, autospace], scope) => {
    const text = attributes(value)
    const spaced = isTruthy(autospace) && text !== '' ? ` ${text}` : text
    return scope.evaluation.autoescape ? new Markup(spaced) : spaced
  }),
  urlize: markupFilter(
    'do_urlize',
    ['value', ['trim_url_limit', null], ['nofollow', false], ['target', null], ['rel', null], ['extra_schemes', null]],
    ([value, limit, nofollow, target, rel, schemes], scope) => {
      const safe = escape(value, scope.budget).text
      scope.budget.spend(safe.length >> 6)
      const text = linkWords(safe, {
        limit: () => (limit === null ? null : limitOf(limit)),
        relation: relation(rel, isTruthy(nofollow)),
        target: target === null ? '' : str(target),
        schemes: schemes === null ? [] : toList(schemes, scope).map(schemeOf),
        onWord: () => scope.budget.spend(),
      })
      scope.budget.requireLength(text.length)
      return scope.evaluation.autoescape ? new Markup(text) : text
    },
  ),
}

/** Filters that may make safe text; `map` may name any of them. */
export const MARKUP_FILTERS: ReadonlySet<string> = new Set(['e', 'escape', 'forceescape', 'safe', 'tojson', 'map'])

function urlEncode(value: unknown, scope: Scope): string {
  if (typeof value === 'string' || !isIterable(value)) return quoteUrl(str(value), false)
  const pairs = isDict(value) ? entriesOf(value) : toList(value, scope).map(pairOf)
  return pairs.map(([key, inner]) => `${quoteUrl(str(key), true)}=${quoteUrl(str(inner), true)}`).join('&')
}

/** @param isQuery blanks become `+` and slashes are quoted too */
function quoteUrl(text: string, isQuery: boolean): string {
  const quoted = encode(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return isQuery ? quoted.replaceAll('%20', '+') : quoted.replaceAll('%2F', '/')
}

function encode(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    throw new PythonError('UnicodeEncodeError', "'utf-8' codec can't encode a surrogate: surrogates not allowed")
  }
}

/** Characters after which HTML no longer reads a name. */
const NO_NAME = /[\t\n\v\f\r />=]/

function attributes(value: unknown): string {
  if (value instanceof Undefined) throw value.error()
  if (!isDict(value)) throw noItems(value)
  const parts: string[] = []
  for (const [key, inner] of entriesOf(value)) {
    if (inner === null || inner instanceof Undefined) continue
    const name = textOf(key)
    if (typeof name !== 'string') {
      throw new PythonTypeError(`expected string or bytes-like object, got '${typeName(key)}'`)
    }
    if (NO_NAME.test(name)) throw new PythonValueError(`Invalid character in attribute name: ${repr(key)}`)
    parts.push(`${escape(key).text}="${escape(inner).text}"`)
  }
  return parts.join(' ')
}

function limitOf(limit: unknown): number {
  if (isInt(limit) || typeof limit === 'boolean') return Number(limit)
  throw new PythonTypeError(`'>' not supported between instances of 'int' and '${typeName(limit)}'`)
}

/** The words of `rel` in order; `noopener` is always one of them. */
function relation(given: unknown, nofollow: boolean): string {
  const words =
    given === null || !isTruthy(given)
      ? []
      : str(given)
          .split(/\s+/)
          .filter((word) => word !== '')
  return [...new Set([...words, ...(nofollow ? ['nofollow'] : []), 'noopener'])].sort().join(' ')
}

function schemeOf(scheme: unknown): string {
  const text = textOf(scheme)
  if (typeof text !== 'string') {
    throw new PythonTypeError(`expected string or bytes-like object, got '${typeName(scheme)}'`)
  }
  if (/^[\p{L}\p{N}_.+-]{2,}:\/{0,2}$/u.test(text)) return text
  throw new FilterArgumentError(`${repr(scheme)} is not a valid URI scheme prefix.`)
}
