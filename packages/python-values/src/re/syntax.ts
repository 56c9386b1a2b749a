import { PythonError } from '../errors.ts'

/** A pattern that is no regular expression, with Python's text (`unterminated character set at position 0`). */
export class PythonRegexError extends PythonError {
  override readonly name = 'PythonRegexError'
  /** Place in the pattern, counted from 0 in code points; null where Python names none. */
  readonly position: number | null

  constructor(reason: string, position: number | null) {
    super('error', position === null ? reason : `${reason} at position ${position}`)
    this.position = position
  }
}

export type Matches = (codePoint: number) => boolean

export type AnchorKind = 'start' | 'line-start' | 'end' | 'line-end' | 'very-end' | 'boundary' | 'no-boundary'

export type RegexNode =
  | { type: 'set'; matches: Matches }
  | { type: 'anchor'; kind: AnchorKind }
  | { type: 'sequence'; items: RegexNode[] }
  | { type: 'choice'; options: RegexNode[] }
  | { type: 'repeat'; item: RegexNode; min: number; max: number; mode: 'greedy' | 'lazy' | 'possessive' }
  | { type: 'group'; index: number; item: RegexNode }
  | { type: 'reference'; index: number; ignoreCase: boolean }
  | { type: 'look'; item: RegexNode; behind: boolean; negated: boolean; width: number }
  | { type: 'atomic'; item: RegexNode }
  | { type: 'condition'; index: number; item: RegexNode; otherwise: RegexNode }

export interface Flags {
  ignoreCase: boolean
  multiLine: boolean
  dotAll: boolean
  verbose: boolean
  ascii: boolean
}

/** Shortest and longest length of what a node matches; a look-behind needs both to be the same. */
export function widthOf(node: RegexNode): [number, number] {
  switch (node.type) {
    case 'set':
      return [1, 1]
    case 'anchor':
    case 'look':
      return [0, 0]
    case 'sequence':
      return node.items.map(widthOf).reduce(([low, high], [least, most]) => [low + least, high + most], [0, 0])
    case 'choice':
      return widest(node.options)
    case 'condition':
      return widest([node.item, node.otherwise])
    case 'repeat': {
      const [low, high] = widthOf(node.item)
      return [low * node.min, high === 0 ? 0 : high * node.max]
    }
    case 'group':
    case 'atomic':
      return widthOf(node.item)
    case 'reference':
      return [0, Number.POSITIVE_INFINITY]
  }
}

function widest(options: RegexNode[]): [number, number] {
  const widths = options.map(widthOf)
  return [Math.min(...widths.map(([low]) => low)), Math.max(...widths.map(([, high]) => high))]
}
