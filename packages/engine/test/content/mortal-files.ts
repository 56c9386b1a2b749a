import type * as fs from 'node:fs/promises'

/** Calls of the file system until the process dies: from that one on none begins and none returns. */
const death = { after: Number.POSITIVE_INFINITY, reached: (): void => undefined }

/** `node:fs/promises` of a process that may die, for `vi.mock`. What was written stays: no power is cut here, and syncs cost time. */
export function mortal(real: Pick<typeof fs, 'open'>): object {
  const wrapped = Object.entries(real).map(([name, value]) => [
    name,
    typeof value === 'function' ? counted(value) : value,
  ])
  const open = async (...args: Parameters<typeof real.open>) =>
    Object.assign(await real.open(...args), { sync: async () => undefined })
  return { ...Object.fromEntries(wrapped), open: counted(open) }
}

/** Runs work in a process that dies before its call of that number, from 0; false when the work ended before. */
export async function diesAt(call: number, work: () => Promise<unknown>): Promise<boolean> {
  const died = new Promise<boolean>((resolve) => (death.reached = () => resolve(true)))
  death.after = call
  const ended = work().then(
    () => false,
    () => false,
  )
  const isDead = await Promise.race([died, ended])
  death.after = Number.POSITIVE_INFINITY
  return isDead
}

function counted(call: (...args: never[]) => unknown) {
  return function (this: unknown, ...args: never[]): unknown {
    if (death.after <= 0) {
      death.reached()
      return new Promise(() => undefined)
    }
    death.after -= 1
    return Reflect.apply(call, this, args)
  }
}
