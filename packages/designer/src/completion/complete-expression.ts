import type { WorkflowLanguage } from '@st2/expressions'
import { callsOf, type CallHelp, KNOWN_FIELDS } from './expression-help.ts'
import { type ExpressionToken, expressionTokens } from './expression-tokens.ts'
import type { Suggestion, Suggestions } from './suggestion.ts'
import type { ExpressionNames, KnownName } from './workflow-names.ts'

/** Part of a text that is one expression, without delimiters. */
export interface ExpressionContent {
  text: string
  language: WorkflowLanguage
  from: number
  to: number
}

/** What could be written at a place in an expression. */
export function completeExpression(content: ExpressionContent, offset: number, names: ExpressionNames): Suggestions {
  const { text, language, from, to } = content
  const all = expressionTokens(text, language, from, to)
  const current = all.find((token) => token.from < offset && offset <= token.to && token.kind !== 'sign')
  const before = all.filter((token) => token.to <= (current?.from ?? offset))
  const items = current?.kind === 'number' ? [] : suggestionsFor(language, before, current, offset, names)
  const quote = current?.kind === 'string' ? 1 : 0
  const end = current === undefined ? offset : wordEnd(current, text, offset)
  return { from: (current?.from ?? offset) + quote, to: end, items, isFiltered: false }
}

/** Of a text in quotes only what is in them. */
function wordEnd({ kind, text: word, to }: ExpressionToken, text: string, offset: number): number {
  if (kind !== 'string') return to
  const isClosed = word.length > 1 && text[to - 1] === word[0]
  return isClosed ? Math.max(offset, to - 1) : offset
}

function suggestionsFor(
  language: WorkflowLanguage,
  before: readonly ExpressionToken[],
  current: ExpressionToken | undefined,
  offset: number,
  names: ExpressionNames,
): Suggestion[] {
  const last = before.at(-1)
  const called = last?.text === '(' ? (before.at(-2)?.text ?? '') : ''
  if (current?.kind === 'string') {
    const isWithin = offset < current.to || !current.text.endsWith(current.text[0] ?? '') || current.text.length === 1
    return isWithin ? namedBy(called, names) : []
  }
  if (last?.text === '.' || last?.text === '?.') return members(language, before.slice(0, -1), names)
  if (language === 'jinja' && last?.text === '|') return calls(language, ['filter'])
  if (language === 'jinja' && (last?.text === 'is' || (last?.text === 'not' && before.at(-2)?.text === 'is'))) {
    return calls(language, ['test'])
  }
  if (last !== undefined && isOperand(last)) return current === undefined ? [] : operators(language)
  const inCall = namedBy(called, names).map((suggestion) => quoted(suggestion, language))
  return [...inCall, ...operands(language, names)]
}

function isOperand({ kind, text }: ExpressionToken): boolean {
  return kind === 'name' || kind === 'string' || kind === 'number' || kind === 'literal' || text === ')' || text === ']'
}

/** What a call's first argument names. */
function namedBy(call: string, names: ExpressionNames): Suggestion[] {
  if (call === 'ctx') return names.variables.map((known) => named('variable', known))
  if (call === 'task_status' || call === 'task') return names.tasks.map((known) => named('task', known))
  if (call === 'item') return itemsOf(names)
  if (call !== 'st2kv') return []
  return [
    { ...plain('system.', 'value', 'scope'), help: 'A key that everybody sees: system.name.' },
    {
      ...plain('', 'value', 'scope'),
      label: 'own key',
      help: 'Without a scope: a key of the user who runs the workflow.',
    },
  ]
}

function itemsOf(names: ExpressionNames): Suggestion[] {
  return (names.items ?? []).map((name) => plain(name, 'variable', 'part of the item'))
}

/** YAQL takes a bare word for a text, Jinja does not. */
function quoted(suggestion: Suggestion, language: WorkflowLanguage): Suggestion {
  const { insert } = suggestion
  return language === 'yaql' && /^\w+$/.test(insert) ? suggestion : { ...suggestion, insert: `'${insert}'` }
}

function members(language: WorkflowLanguage, before: readonly ExpressionToken[], names: ExpressionNames): Suggestion[] {
  const methods = language === 'yaql' ? calls(language, ['method']) : []
  return [...fieldsOf(before, names), ...methods]
}

/** What is known to be in a value, from how it is written. */
function fieldsOf(before: readonly ExpressionToken[], names: ExpressionNames): Suggestion[] {
  const written = before
    .slice(-8)
    .map(({ text }) => text)
    .join('')
  if (/(?:^|\W)ctx\(\)$/.test(written)) return names.variables.map((known) => named('variable', known))
  if (/(?:^|\W)item\(\)$/.test(written)) return itemsOf(names)
  if (/(?:^|\W)ctx\((?:\)\.st2|(['"]?)st2\1\))$/.test(written)) return described(KNOWN_FIELDS.st2)
  if (/(?:^|\W)task\([^()]*\)$/.test(written)) return described(KNOWN_FIELDS.task)
  return []
}

function described(fields: Readonly<Record<string, string>>): Suggestion[] {
  return Object.entries(fields).map(([name, help]) => ({ ...plain(name, 'value', ''), help }))
}

function operands(language: WorkflowLanguage, names: ExpressionNames): Suggestion[] {
  return [
    ...names.variables.map((known) => ({
      ...named('variable', known),
      label: `ctx().${known.name}`,
      insert: /^[\p{L}_][\p{L}\p{N}_]*$/u.test(known.name) ? `ctx().${known.name}` : `ctx('${known.name}')`,
    })),
    ...(names.items ?? []).map((name) => ({
      ...plain(name, 'variable', 'part of the item'),
      label: `item(${name})`,
      insert: language === 'yaql' ? `item(${name})` : `item('${name}')`,
    })),
    ...calls(language, ['function']),
    ...(language === 'yaql' ? ['true', 'false', 'null', 'not'] : ['true', 'false', 'none', 'not']).map((word) =>
      plain(word, 'word', ''),
    ),
  ]
}

function operators(language: WorkflowLanguage): Suggestion[] {
  const words = language === 'yaql' ? ['and', 'or', 'in', 'mod'] : ['and', 'or', 'in', 'is', 'not in', 'if', 'else']
  return words.map((word) => plain(word, 'word', 'operator'))
}

function calls(language: WorkflowLanguage, kinds: readonly CallHelp['kind'][]): Suggestion[] {
  return callsOf(language)
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ name, kind, signatures, help }) => {
      const [first = name] = signatures
      const others = signatures.length - 1
      const takesNothing = first === name || first.endsWith('()')
      // A filter and a test that take nothing more are written without parentheses.
      const isWord = takesNothing && (kind === 'filter' || kind === 'test')
      const insert = isWord ? name : `${name}()`
      return {
        label: name,
        kind,
        detail: others === 0 ? first : `${first}, ${others} more`,
        help: others === 0 ? help : `${help}\n${signatures.slice(1).join('\n')}`,
        insert,
        caret: isWord || takesNothing ? insert.length : insert.length - 1,
      }
    })
}

function named(kind: Suggestion['kind'], { name, detail }: KnownName): Suggestion {
  return plain(name, kind, detail)
}

function plain(word: string, kind: Suggestion['kind'], detail: string): Suggestion {
  return { label: word, kind, detail, help: '', insert: word }
}
