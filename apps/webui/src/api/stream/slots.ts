export interface Slots {
  /**
   * @param onWait called when no slot is free yet
   * @returns gives the slot back; null when the signal fired before one was free
   */
  take(signal: AbortSignal, onWait: () => void): Promise<(() => void) | null>
}

/** Lets so many do something at once; the others wait in the order they came. */
export function createSlots(count: number): Slots {
  let taken = 0
  const waiting: (() => void)[] = []

  const giveBack = (): void => {
    const next = waiting.shift()
    // A slot that somebody waits for changes hands.
    if (next === undefined) taken -= 1
    else next()
  }

  return {
    take: async (signal, onWait) => {
      if (signal.aborted) return null
      if (taken < count) {
        taken += 1
        return giveBack
      }
      onWait()
      return new Promise((resolve) => {
        const start = (): void => {
          signal.removeEventListener('abort', leave)
          resolve(giveBack)
        }
        const leave = (): void => {
          waiting.splice(waiting.indexOf(start), 1)
          resolve(null)
        }
        signal.addEventListener('abort', leave, { once: true })
        waiting.push(start)
      })
    },
  }
}
