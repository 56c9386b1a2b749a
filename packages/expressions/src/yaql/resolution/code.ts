import { PyObject } from '@st2/python-values'
import type { ArgumentNode } from '../ast.ts'
import type { Scope } from '../scope.ts'

/** A compiled expression that has not been evaluated. What a call takes as its arguments before it has chosen a function. */
export class Code {
  readonly node: ArgumentNode
  readonly run: (scope: Scope) => unknown
  /** For a call as written, which can stand behind a dot. */
  readonly callOn: ((receiver: unknown, scope: Scope) => unknown) | null
  /** For `source => destination`. */
  readonly rule: { source: Code; destination: Code } | null

  constructor(
    node: ArgumentNode,
    run: (scope: Scope) => unknown,
    parts: { callOn?: Code['callOn']; rule?: Code['rule'] } = {},
  ) {
    this.node = node
    this.run = run
    this.callOn = parts.callOn ?? null
    this.rule = parts.rule ?? null
  }

  get isConstant(): boolean {
    return this.node.kind === 'constant'
  }

  get isKeyword(): boolean {
    return this.node.kind === 'constant' && this.node.keyword
  }

  /** What a constant stands for. */
  get constant(): unknown {
    return this.node.kind === 'constant' ? this.node.value : undefined
  }
}

/** A `source => destination` after both were evaluated. */
export class MappingRule extends PyObject {
  readonly pyType = 'MappingRule'
  readonly source: unknown
  readonly destination: unknown

  constructor(source: unknown, destination: unknown) {
    super()
    this.source = source
    this.destination = destination
  }

  pyRepr(): string {
    return '<yaql.language.utils.MappingRule object at 0x7f0000000000>'
  }
}
