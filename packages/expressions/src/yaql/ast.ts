/** The syntax tree. Every node knows where it stands in the source, in UTF-16 units. */
export interface Span {
  start: number
  end: number
}

/** A text, a number, `true`, `false`, `null`; `keyword` marks a bare word. */
export interface ConstantNode extends Span {
  kind: 'constant'
  value: unknown
  keyword: boolean
}

/** `$`, `$1`, `$name`; the name without the sign, empty for the bare sign. */
export interface VariableNode extends Span {
  kind: 'variable'
  name: string
}

/** `f(…)`. Operators, indexes, lists and mappings are calls of functions that have no name of their own. */
export interface CallNode extends Span {
  kind: 'call'
  name: string
  args: ArgumentNode[]
  /** A call as written, which can stand behind a dot; not an operator and the like. */
  isWritten: boolean
}

/** `(…)`. */
export interface GroupNode extends Span {
  kind: 'group'
  inner: Node
}

/** `source => destination` in an argument list. */
export interface RuleNode extends Span {
  kind: 'rule'
  source: Node
  destination: Node
}

/** An argument left out: `f(,1)`. */
export interface SkippedNode extends Span {
  kind: 'skipped'
}

export type Node = ConstantNode | VariableNode | CallNode | GroupNode
export type ArgumentNode = Node | RuleNode | SkippedNode
