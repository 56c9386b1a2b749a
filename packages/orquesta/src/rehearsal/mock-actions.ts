import type { MockAction } from './rehearsal-case.ts'

/** Hands out how actions end. Each mock serves as often as it says; those for one entry of the sequence come first. */
export class MockActions {
  readonly #left: Map<MockAction, number>

  constructor(mocks: readonly MockAction[]) {
    this.#left = new Map(mocks.map((mock) => [mock, mock.uses]))
  }

  /** null where none is left: the action succeeds without a result. */
  take(task: string, seqId: number): MockAction | null {
    const open = Array.from(this.#left).flatMap(([mock, uses]) => (mock.task === task && uses > 0 ? [mock] : []))
    const found = open.find((mock) => mock.seqId === seqId) ?? open[0] ?? null
    if (found === null || (found.seqId !== null && found.seqId !== seqId)) return null
    this.#left.set(found, (this.#left.get(found) ?? 0) - 1)
    return found
  }
}
