import { requireWithin } from '../limits.ts'
import type { AnchorKind, Matches, RegexNode } from './syntax.ts'

/** One step of a compiled pattern; targets are indexes into the program. */
export type Instruction =
  | { op: 'set'; matches: Matches }
  | { op: 'run'; matches: Matches; min: number; max: number; mode: 'greedy' | 'lazy' | 'possessive' }
  | { op: 'anchor'; kind: AnchorKind }
  | { op: 'split'; first: number; second: number }
  | { op: 'jump'; target: number }
  | { op: 'save'; slot: number }
  /** Leaves a loop whose round matched nothing. */
  | { op: 'progress'; slot: number; exit: number }
  | { op: 'reference'; index: number; ignoreCase: boolean }
  | { op: 'sub'; program: Instruction[]; behind: number; kind: 'ahead' | 'not' | 'atomic' }
  | { op: 'condition'; index: number; otherwise: number }
  | { op: 'match' }

export interface Program {
  code: Instruction[]
  /** Places that `save` and `progress` write to. */
  slots: number
}

export function compileProgram(node: RegexNode, groups: number): Program {
  const compiler = new Compiler((groups + 1) * 2)
  return { code: compiler.program(node), slots: compiler.slots }
}

class Compiler {
  slots: number
  #total = 0

  constructor(slots: number) {
    this.slots = slots
  }

  program(node: RegexNode): Instruction[] {
    const code: Instruction[] = []
    this.#emit(node, code)
    this.#push(code, { op: 'match' })
    return code
  }

  #push(code: Instruction[], instruction: Instruction): number {
    requireWithin('regexSize', ++this.#total)
    return code.push(instruction) - 1
  }

  #emit(node: RegexNode, code: Instruction[]): void {
    switch (node.type) {
      case 'set':
        this.#push(code, { op: 'set', matches: node.matches })
        return
      case 'anchor':
        this.#push(code, { op: 'anchor', kind: node.kind })
        return
      case 'sequence':
        for (const item of node.items) this.#emit(item, code)
        return
      case 'choice':
        this.#choice(node.options, code)
        return
      case 'repeat':
        this.#repeat(node, code)
        return
      case 'group':
        this.#push(code, { op: 'save', slot: node.index * 2 })
        this.#emit(node.item, code)
        this.#push(code, { op: 'save', slot: node.index * 2 + 1 })
        return
      case 'reference':
        this.#push(code, { op: 'reference', index: node.index, ignoreCase: node.ignoreCase })
        return
      case 'look':
        this.#sub(node.item, node.negated ? 'not' : 'ahead', node.behind ? node.width : 0, code)
        return
      case 'atomic':
        this.#sub(node.item, 'atomic', 0, code)
        return
      case 'condition':
        this.#condition(node, code)
    }
  }

  #sub(item: RegexNode, kind: 'ahead' | 'not' | 'atomic', behind: number, code: Instruction[]): void {
    this.#push(code, { op: 'sub', program: this.program(item), behind, kind })
  }

  #choice(options: RegexNode[], code: Instruction[]): void {
    const ends: { op: 'jump'; target: number }[] = []
    for (const [at, option] of options.entries()) {
      if (at === options.length - 1) {
        this.#emit(option, code)
        break
      }
      const split = { op: 'split' as const, first: code.length + 1, second: 0 }
      this.#push(code, split)
      this.#emit(option, code)
      const end = { op: 'jump' as const, target: 0 }
      this.#push(code, end)
      ends.push(end)
      split.second = code.length
    }
    for (const end of ends) end.target = code.length
  }

  #condition(node: Extract<RegexNode, { type: 'condition' }>, code: Instruction[]): void {
    const test = { op: 'condition' as const, index: node.index, otherwise: 0 }
    this.#push(code, test)
    this.#emit(node.item, code)
    const end = { op: 'jump' as const, target: 0 }
    this.#push(code, end)
    test.otherwise = code.length
    this.#emit(node.otherwise, code)
    end.target = code.length
  }

  #repeat(node: Extract<RegexNode, { type: 'repeat' }>, code: Instruction[]): void {
    const { item, min, max, mode } = node
    const single = item.type === 'sequence' && item.items.length === 1 ? item.items[0] : item
    if (single?.type === 'set') {
      this.#push(code, { op: 'run', matches: single.matches, min, max, mode })
    } else if (mode === 'possessive') {
      this.#sub({ ...node, mode: 'greedy' }, 'atomic', 0, code)
    } else {
      for (let round = 0; round < min; round++) this.#emit(item, code)
      if (max === Number.POSITIVE_INFINITY) this.#loop(item, mode === 'lazy', code)
      else this.#optional(item, max - min, mode === 'lazy', code)
    }
  }

  #loop(item: RegexNode, isLazy: boolean, code: Instruction[]): void {
    const slot = this.slots++
    const start = this.#push(code, { op: 'split', first: 0, second: 0 })
    const body = code.length
    this.#push(code, { op: 'save', slot })
    this.#emit(item, code)
    const progress = { op: 'progress' as const, slot, exit: 0 }
    this.#push(code, progress)
    this.#push(code, { op: 'jump', target: start })
    progress.exit = code.length
    code[start] = choose(body, code.length, isLazy)
  }

  /** `x{0,3}` is `(x(x(x)?)?)?`. */
  #optional(item: RegexNode, count: number, isLazy: boolean, code: Instruction[]): void {
    const starts: number[] = []
    for (let round = 0; round < count; round++) {
      starts.push(this.#push(code, { op: 'split', first: 0, second: 0 }))
      this.#emit(item, code)
    }
    for (const start of starts) code[start] = choose(start + 1, code.length, isLazy)
  }
}

function choose(body: number, exit: number, isLazy: boolean): Instruction {
  return isLazy ? { op: 'split', first: exit, second: body } : { op: 'split', first: body, second: exit }
}
