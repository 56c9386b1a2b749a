import type { Position } from './errors.ts'

interface NodeBase {
  position: Position
  /** Levels of nodes in this one: what bounds the stack that evaluating it needs. */
  height: number
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**'
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in'

export interface CallArguments {
  args: Expression[]
  kwargs: { name: string; value: Expression }[]
  /** `*rest` */
  rest: Expression | null
  /** `**options` */
  options: Expression | null
}

export type Expression = NodeBase &
  (
    | { type: 'literal'; value: unknown }
    | { type: 'name'; name: string }
    | { type: 'tuple'; items: Expression[] }
    | { type: 'list'; items: Expression[] }
    | { type: 'dict'; entries: { key: Expression; value: Expression }[] }
    | { type: 'attribute'; object: Expression; name: string }
    | { type: 'item'; object: Expression; key: Expression }
    | { type: 'slice'; start: Expression | null; stop: Expression | null; step: Expression | null }
    | { type: 'call'; callee: Expression; arguments: CallArguments }
    | { type: 'filter'; value: Expression | null; name: string; arguments: CallArguments }
    | { type: 'test'; value: Expression; name: string; negated: boolean; arguments: CallArguments }
    | { type: 'unary'; operator: '-' | '+' | 'not'; operand: Expression }
    | { type: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
    | { type: 'concat'; parts: Expression[] }
    | { type: 'logic'; operator: 'and' | 'or'; left: Expression; right: Expression }
    | { type: 'comparison'; first: Expression; rest: { operator: ComparisonOperator; operand: Expression }[] }
    | { type: 'conditional'; condition: Expression; value: Expression; otherwise: Expression | null }
  )

/** Where `set` and `for` put a value: a name, an attribute of a namespace, or a tuple of targets. */
export type Target =
  | { type: 'name'; name: string; position: Position }
  | { type: 'attribute'; object: string; name: string; position: Position }
  | { type: 'tuple'; items: Target[]; position: Position }

/** One filter with its arguments, applied to the text of a block. */
export type FilterCall = Extract<Expression, { type: 'filter' }>
export type CallExpression = Extract<Expression, { type: 'call' }>

/** Parameters of a macro; those at the end may have defaults. */
export interface Signature {
  parameters: string[]
  defaults: Expression[]
}

export type Statement =
  | { type: 'text'; text: string; position: Position }
  | { type: 'output'; expression: Expression; position: Position }
  | { type: 'print'; items: Expression[]; position: Position }
  | { type: 'if'; branches: { condition: Expression; body: Statement[] }[]; otherwise: Statement[]; position: Position }
  | {
      type: 'for'
      target: Target
      iterable: Expression
      condition: Expression | null
      /** `loop(…)` renders the body for other items. */
      isRecursive: boolean
      body: Statement[]
      otherwise: Statement[]
      position: Position
    }
  | { type: 'set'; target: Target; value: Expression; position: Position }
  | { type: 'set-block'; target: Target; filters: FilterCall[]; body: Statement[]; position: Position }
  | { type: 'macro'; name: string; signature: Signature; body: Statement[]; position: Position }
  | { type: 'call-block'; signature: Signature; call: CallExpression; body: Statement[]; position: Position }
  | { type: 'filter-block'; filters: FilterCall[]; body: Statement[]; position: Position }
  | { type: 'with'; bindings: { target: Target; value: Expression }[]; body: Statement[]; position: Position }
  | { type: 'autoescape'; value: Expression; body: Statement[]; position: Position }
  | { type: 'block'; name: string; isScoped: boolean; isRequired: boolean; body: Statement[]; position: Position }
  /** Reaches for another template, which no environment of the platform can load. */
  | { type: 'template-reference'; tag: ReferenceTag; template: Expression; names: string[]; position: Position }

export type ReferenceTag = 'include' | 'extends' | 'import' | 'from'
