import { PythonError } from '../errors.ts'
import { LimitError, requireWithin, valueLimits } from '../limits.ts'
import { isWord, lower } from './characters.ts'
import type { Instruction, Program } from './program.ts'
import type { AnchorKind } from './syntax.ts'

/** Steps between two reports to the caller's own budget. */
const REPORT_EVERY = 25

/** Counts the steps of a search and reports now and then, so that patterns which explode end with a clear error. */
export class StepCounter {
  readonly #onReport: (() => void) | undefined
  readonly #allowed = valueLimits().regexSteps
  #left = this.#allowed
  #untilReport = REPORT_EVERY

  constructor(onReport?: () => void) {
    this.#onReport = onReport
  }

  count(steps = 1): void {
    this.#left -= steps
    if (this.#left < 0) throw new LimitError('regexSteps', this.#allowed)
    this.#untilReport -= steps
    while (this.#untilReport <= 0) {
      this.#untilReport += REPORT_EVERY
      this.#onReport?.()
    }
  }
}

/** What to do when the current way fails: go on elsewhere, shorten a run, or take back a saved place. */
type Pending =
  | { kind: 'goto'; pc: number; at: number }
  | { kind: 'shorten'; pc: number; at: number; least: number }
  | { kind: 'lengthen'; pc: number; at: number; most: number; run: Extract<Instruction, { op: 'run' }> }
  | { kind: 'restore'; slot: number; value: number }

/** Runs a program over a text by backtracking with a stack of its own: no recursion but for groups that look around. */
export class Machine {
  readonly #text: Uint32Array
  readonly #steps: StepCounter
  readonly slots: Int32Array

  constructor(program: Program, text: Uint32Array, steps: StepCounter) {
    this.#text = text
    this.#steps = steps
    this.slots = new Int32Array(program.slots).fill(-1)
  }

  /**
   * Matches from a place on; `slots` then holds the groups.
   *
   * @param forbiddenEnd an end that does not count: how an empty match is not found twice
   * @returns the end of the match, -1 when there is none
   */
  run(code: Instruction[], start: number, forbiddenEnd = -1): number {
    const pending: Pending[] = []
    let pc = 0
    let at = start
    for (;;) {
      this.#steps.count()
      const instruction = code[pc]
      if (instruction === undefined) throw new PythonError('SystemError', 'a regular expression ran past its end')
      if (instruction.op === 'match' && at !== forbiddenEnd) return at
      const next = instruction.op === 'match' ? -1 : this.#step(instruction, pc, at, pending)
      if (next >= 0) {
        pc = next
        at = this.#next
        continue
      }
      const resumed = this.#resume(pending)
      if (resumed < 0) return -1
      pc = resumed
      at = this.#next
    }
  }

  /** Where the text goes on after `#step` and `#resume`. */
  #next = 0

  /** @returns the next place in the program, -1 when this way fails */
  #step(instruction: Instruction, pc: number, at: number, pending: Pending[]): number {
    this.#next = at
    switch (instruction.op) {
      case 'set':
        return this.#matchesAt(instruction.matches, at) ? this.#advance(pc, at + 1) : -1
      case 'run':
        return this.#run(instruction, pc, at, pending)
      case 'anchor':
        return this.#holds(instruction.kind, at) ? pc + 1 : -1
      case 'split':
        this.#push(pending, { kind: 'goto', pc: instruction.second, at })
        return instruction.first
      case 'jump':
        return instruction.target
      case 'save':
        this.#save(instruction.slot, at, pending)
        return pc + 1
      case 'progress':
        return this.slots[instruction.slot] === at ? instruction.exit : pc + 1
      case 'reference':
        return this.#reference(instruction, pc, at)
      case 'condition':
        return (this.slots[instruction.index * 2 + 1] ?? -1) >= 0 ? pc + 1 : instruction.otherwise
      case 'sub':
        return this.#sub(instruction, pc, at, pending)
      case 'match':
        return -1
    }
  }

  #advance(pc: number, at: number): number {
    this.#next = at
    return pc + 1
  }

  #push(pending: Pending[], entry: Pending): void {
    requireWithin('regexPlaces', pending.push(entry))
  }

  #save(slot: number, value: number, pending: Pending[]): void {
    this.#push(pending, { kind: 'restore', slot, value: this.slots[slot] ?? -1 })
    this.slots[slot] = value
  }

  #matchesAt(matches: (code: number) => boolean, at: number): boolean {
    const code = this.#text[at]
    return code !== undefined && matches(code)
  }

  #run(run: Extract<Instruction, { op: 'run' }>, pc: number, at: number, pending: Pending[]): number {
    const most = Math.min(this.#text.length, at + run.max)
    const wanted = run.mode === 'lazy' ? at + run.min : most
    let end = at
    while (end < wanted && this.#matchesAt(run.matches, end)) end++
    this.#steps.count(end - at)
    if (end < at + run.min) return -1
    if (run.mode === 'greedy' && end > at + run.min) {
      this.#push(pending, { kind: 'shorten', pc: pc + 1, at: end - 1, least: at + run.min })
    }
    if (run.mode === 'lazy' && end < most) this.#push(pending, { kind: 'lengthen', pc: pc + 1, at: end, most, run })
    return this.#advance(pc, end)
  }

  #resume(pending: Pending[]): number {
    for (;;) {
      const entry = pending.pop()
      if (entry === undefined) return -1
      if (entry.kind === 'restore') {
        this.slots[entry.slot] = entry.value
      } else if (entry.kind === 'goto') {
        this.#next = entry.at
        return entry.pc
      } else if (entry.kind === 'shorten') {
        if (entry.at > entry.least) pending.push({ ...entry, at: entry.at - 1 })
        this.#next = entry.at
        return entry.pc
      } else if (this.#matchesAt(entry.run.matches, entry.at)) {
        if (entry.at + 1 < entry.most) pending.push({ ...entry, at: entry.at + 1 })
        this.#next = entry.at + 1
        return entry.pc
      }
    }
  }

  #reference({ index, ignoreCase }: Extract<Instruction, { op: 'reference' }>, pc: number, at: number): number {
    const start = this.slots[index * 2] ?? -1
    const end = this.slots[index * 2 + 1] ?? -1
    if (start < 0 || end < 0) return -1
    this.#steps.count(end - start)
    for (let offset = 0; offset < end - start; offset++) {
      const wanted = this.#text[start + offset] ?? -1
      const found = this.#text[at + offset] ?? -2
      if (wanted !== found && !(ignoreCase && found >= 0 && lower(wanted) === lower(found))) return -1
    }
    return this.#advance(pc, at + end - start)
  }

  #sub(sub: Extract<Instruction, { op: 'sub' }>, pc: number, at: number, pending: Pending[]): number {
    const before = Int32Array.from(this.slots)
    const start = at - sub.behind
    const end = start < 0 ? -1 : this.run(sub.program, start)
    this.#next = sub.kind === 'atomic' ? end : at
    if (sub.kind === 'not') {
      this.slots.set(before)
      return end < 0 ? pc + 1 : -1
    }
    if (end < 0) return -1
    for (const [slot, value] of before.entries()) {
      if (this.slots[slot] !== value) this.#push(pending, { kind: 'restore', slot, value })
    }
    return pc + 1
  }

  #holds(kind: AnchorKind, at: number): boolean {
    const length = this.#text.length
    switch (kind) {
      case 'start':
        return at === 0
      case 'line-start':
        return at === 0 || this.#text[at - 1] === 10
      case 'very-end':
        return at === length
      case 'end':
        return at === length || (at === length - 1 && this.#text[at] === 10)
      case 'line-end':
        return at === length || this.#text[at] === 10
      case 'boundary':
        return this.#isBoundary(at)
      case 'no-boundary':
        return this.#text.length > 0 && !this.#isBoundary(at)
    }
  }

  #isBoundary(at: number): boolean {
    return this.#matchesAt(isWord, at - 1) !== this.#matchesAt(isWord, at)
  }
}
