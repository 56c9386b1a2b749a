/** Criteria while they are edited. Everything typed is text until it is read, so that nothing is lost. Pure but for row ids. */
import { operatorNamed, OPERATOR_LOOKS } from '../../../widgets/rules/operators.ts'
import { criterionPath } from '../../../widgets/rules/criterion-path.ts'
import { isRecord, type JsonRecord } from '../../../widgets/json-record.ts'

export const PATTERN_KINDS = ['text', 'number', 'boolean', 'json'] as const
/** Which JSON type the text of a pattern stands for. */
export type PatternKind = (typeof PATTERN_KINDS)[number]

export interface CriterionDraft {
  /** Of the row on the screen; stays while it is edited. */
  readonly id: string
  readonly key: string
  readonly operator: string
  readonly kind: PatternKind
  readonly text: string
  /** Of `search`. */
  readonly condition: string
  /** Of `search`: criteria of an item. */
  readonly items: readonly CriterionDraft[]
  /** What the rule's author wrote beside type, pattern and condition. */
  readonly rest: JsonRecord
}

export interface CriterionErrors {
  readonly key?: string
  readonly operator?: string
  readonly pattern?: string
  readonly condition?: string
}

export interface ReadCriteria {
  readonly criteria: Record<string, Record<string, unknown>>
  /** By the row's id. */
  readonly errors: ReadonlyMap<string, CriterionErrors>
}

let lastId = 0

export function emptyCriterion(key = ''): CriterionDraft {
  return {
    id: `criterion-${++lastId}`,
    key,
    operator: 'equals',
    kind: 'text',
    text: '',
    condition: 'any',
    items: [],
    rest: {},
  }
}

export function draftCriteria(criteria: JsonRecord): CriterionDraft[] {
  return Object.entries(criteria).map(([key, value]) => draftCriterion(key, isRecord(value) ? value : {}))
}

function draftCriterion(key: string, criterion: JsonRecord): CriterionDraft {
  const { type, pattern, condition, ...rest } = criterion
  const operator = typeof type === 'string' ? type : ''
  const isSearch = operatorNamed(operator) === 'search'
  return {
    ...emptyCriterion(key),
    operator,
    ...(isSearch ? {} : draftPattern(pattern)),
    condition: typeof condition === 'string' ? condition : 'any',
    items: isSearch && isRecord(pattern) ? draftCriteria(pattern) : [],
    rest,
  }
}

function draftPattern(pattern: unknown): Pick<CriterionDraft, 'kind' | 'text'> {
  if (pattern === undefined || pattern === null) return { kind: 'text', text: '' }
  if (typeof pattern === 'string') return { kind: 'text', text: pattern }
  if (typeof pattern === 'number' || typeof pattern === 'boolean')
    return { kind: typeof pattern === 'number' ? 'number' : 'boolean', text: String(pattern) }
  return { kind: 'json', text: JSON.stringify(pattern, null, 2) }
}

export function readCriteria(rows: readonly CriterionDraft[]): ReadCriteria {
  const errors = new Map<string, CriterionErrors>()
  return { criteria: readRows(rows, errors), errors }
}

function readRows(
  rows: readonly CriterionDraft[],
  errors: Map<string, CriterionErrors>,
): Record<string, Record<string, unknown>> {
  const criteria: Record<string, Record<string, unknown>> = {}
  for (const row of rows) {
    const { criterion, found } = readRow(row, errors)
    if (Object.keys(found).length > 0) errors.set(row.id, found)
    criteria[freeKey(row.key.trim(), criteria)] = criterion
  }
  return criteria
}

/** One field may be looked at more than once. */
function freeKey(key: string, taken: JsonRecord): string {
  if (!Object.hasOwn(taken, key)) return key
  const path = criterionPath(key)
  let number = 2
  while (Object.hasOwn(taken, `${path}#${number}`)) number++
  return `${path}#${number}`
}

function readRow(
  row: CriterionDraft,
  errors: Map<string, CriterionErrors>,
): { readonly criterion: Record<string, unknown>; readonly found: CriterionErrors } {
  const operator = operatorNamed(row.operator)
  const key = row.key.trim() === '' ? { key: 'Which field of the event?' } : {}
  if (operator === null)
    return {
      criterion: { type: row.operator, pattern: row.text, ...row.rest },
      found: { ...key, operator: 'Choose how to compare.' },
    }
  if (operator === 'search') {
    const pattern = readRows(row.items, errors)
    const none = row.items.length === 0 ? { pattern: 'Say what is looked for in an item.' } : {}
    return {
      criterion: { type: row.operator, condition: row.condition, pattern, ...row.rest },
      found: { ...key, ...none },
    }
  }
  // The server wants a pattern even where it does not look at it.
  const read =
    OPERATOR_LOOKS[operator].takesPattern || row.text !== '' ? readPattern(row) : { value: true, error: undefined }
  const error = read.error === undefined ? {} : { pattern: read.error }
  return { criterion: { type: row.operator, pattern: read.value, ...row.rest }, found: { ...key, ...error } }
}

interface ReadPattern {
  readonly value: unknown
  readonly error: string | undefined
}

function readPattern({ kind, text }: Pick<CriterionDraft, 'kind' | 'text'>): ReadPattern {
  return READERS[kind](text)
}

const right = (value: unknown): ReadPattern => ({ value, error: undefined })
const wrong = (value: unknown, error: string): ReadPattern => ({ value, error })

const READERS: Readonly<Record<PatternKind, (text: string) => ReadPattern>> = {
  text: right,
  number: (text) =>
    text.trim() !== '' && Number.isFinite(Number(text))
      ? right(Number(text))
      : wrong(text, `'${text.trim()}' is not a number.`),
  boolean: (text) => (text === 'true' || text === 'false' ? right(text === 'true') : wrong(text, 'true or false?')),
  json: (text) => {
    try {
      const value: unknown = JSON.parse(text)
      return value === null ? wrong(text, 'The server takes no null as a pattern; use “does not exist”.') : right(value)
    } catch (error) {
      return wrong(text, `Not JSON: ${error instanceof Error ? error.message : String(error)}`)
    }
  },
}

/** The same text under another type, where it makes sense there. */
export function withKind(row: CriterionDraft, kind: PatternKind): CriterionDraft {
  const { value, error } = readPattern(row)
  const known = error === undefined ? value : row.text
  if (kind === 'text') return { ...row, kind, text: typeof known === 'string' ? known : JSON.stringify(known) }
  if (kind === 'json') return { ...row, kind, text: JSON.stringify(known, null, 2) }
  if (kind === 'boolean') return { ...row, kind, text: String(known) === 'false' ? 'false' : 'true' }
  return { ...row, kind, text: Number.isFinite(Number(known)) && known !== '' ? String(known) : '' }
}
