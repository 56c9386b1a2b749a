import { CRITERIA_OPERATORS, type CriteriaOperator } from '@st2/model'

export interface OperatorLook {
  readonly group: 'Equal' | 'Text' | 'Pattern' | 'Order' | 'Age' | 'Presence' | 'List'
  /** Between the field and the pattern, as in `trigger.name equals web`. */
  readonly words: string
  /** One line for whoever chooses. */
  readonly help: string
  /** The name this one is another spelling of. */
  readonly aliasOf?: CriteriaOperator
  /** The pattern is looked at. */
  readonly takesPattern: boolean
}

const look = (group: OperatorLook['group'], words: string, help: string): OperatorLook => ({
  group,
  words,
  help,
  takesPattern: true,
})
const alias = (of: OperatorLook, aliasOf: CriteriaOperator): OperatorLook => ({ ...of, aliasOf })

const equals = look(
  'Equal',
  'equals',
  'The same value of the same type: 1 is not "1". Lists and objects are compared whole.',
)
const nequals = look('Equal', 'does not equal', 'Any other value, or none.')
const iequals = look('Equal', 'equals (any case)', 'The same text, whatever the case of its letters.')
const lessthan = look('Order', 'is less than', 'A smaller number, or a text earlier in the alphabet; both of one type.')
const greaterthan = look(
  'Order',
  'is greater than',
  'A larger number, or a text later in the alphabet; both of one type.',
)
const timediff_lt = look('Age', 'is younger than', 'The field is a date, less than so many seconds ago.')
const timediff_gt = look('Age', 'is older than', 'The field is a date, more than so many seconds ago.')
const inside = look('List', 'is one of', 'The pattern is a list that holds the value, or a text that contains it.')
const ninside = look('List', 'is none of', 'The pattern is a list that does not hold the value, or a text without it.')

/** Every operator as people read it. @source services.md 2.4 */
export const OPERATOR_LOOKS: Readonly<Record<CriteriaOperator, OperatorLook>> = {
  equals,
  eq: alias(equals, 'equals'),
  nequals,
  neq: alias(nequals, 'nequals'),
  iequals,
  ieq: alias(iequals, 'iequals'),
  contains: look('Text', 'contains', 'A text with this part, a list with this item, or an object with this key.'),
  icontains: look('Text', 'contains (any case)', 'A text with this part, whatever the case of its letters.'),
  ncontains: look('Text', 'does not contain', 'A text without this part, or a list without this item.'),
  incontains: look(
    'Text',
    'does not contain (any case)',
    'A text without this part, whatever the case of its letters.',
  ),
  startswith: look('Text', 'starts with', 'A text that begins like this.'),
  istartswith: look(
    'Text',
    'starts with (any case)',
    'A text that begins like this, whatever the case of its letters.',
  ),
  endswith: look('Text', 'ends with', 'A text that ends like this.'),
  iendswith: look('Text', 'ends with (any case)', 'A text that ends like this, whatever the case of its letters.'),
  matchwildcard: look(
    'Pattern',
    'matches',
    'The whole text, with * for anything, ? for one character, [abc] for one of them.',
  ),
  regex: look('Pattern', 'matches the expression', 'A regular expression that is found anywhere in the text.'),
  iregex: look('Pattern', 'matches the expression (any case)', 'The same, whatever the case of its letters.'),
  matchregex: look(
    'Pattern',
    'begins as the expression',
    'A regular expression that must match from the start; . matches line breaks too.',
  ),
  lessthan,
  lt: alias(lessthan, 'lessthan'),
  greaterthan,
  gt: alias(greaterthan, 'greaterthan'),
  timediff_lt,
  td_lt: alias(timediff_lt, 'timediff_lt'),
  timediff_gt,
  td_gt: alias(timediff_gt, 'timediff_gt'),
  exists: { ...look('Presence', 'exists', 'The field is there and is not null.'), takesPattern: false },
  nexists: { ...look('Presence', 'does not exist', 'The field is missing, or null.'), takesPattern: false },
  inside,
  in: alias(inside, 'inside'),
  ninside,
  nin: alias(ninside, 'ninside'),
  search: look('List', 'has items for which', 'Looks into a list of objects, each judged by criteria of its own.'),
}

export const OPERATOR_GROUPS: readonly OperatorLook['group'][] = [
  'Equal',
  'Text',
  'Pattern',
  'Order',
  'Age',
  'Presence',
  'List',
]

/** The server lowers the case of what was stored long ago. */
export function operatorNamed(name: string): CriteriaOperator | null {
  return CRITERIA_OPERATORS.find((operator) => operator === name.toLowerCase()) ?? null
}

export function wordsOf(operator: string): string {
  const known = operatorNamed(operator)
  return known === null ? operator : OPERATOR_LOOKS[known].words
}

/** @source services.md 2.4 */
export const SEARCH_CONDITIONS = {
  any: 'Some item satisfies every criterion',
  all: 'Every item satisfies every criterion',
  any2any: 'Some item satisfies some criterion',
  all2any: 'Every item satisfies some criterion',
} as const
export type SearchCondition = keyof typeof SEARCH_CONDITIONS

export function isSearchCondition(text: unknown): text is SearchCondition {
  return typeof text === 'string' && Object.hasOwn(SEARCH_CONDITIONS, text)
}
