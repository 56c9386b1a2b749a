/** Collects what comes one by one, and tells it together. */
export interface Batch<T> {
  add(item: T): void
  /** Tells at once what there is. */
  flush(): void
  /** What has not been told by now is not told any more. */
  close(): void
}

/** @param ms that the first of a batch waits for company */
export function batched<T>(ms: number, tell: (items: readonly T[]) => void): Batch<T> {
  let batch: T[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const close = (): void => {
    clearTimeout(timer)
    timer = undefined
  }
  const flush = (): void => {
    close()
    if (batch.length === 0) return
    const items = batch
    batch = []
    tell(items)
  }
  return {
    add(item: T): void {
      batch.push(item)
      timer ??= setTimeout(flush, ms)
    },
    flush,
    close,
  }
}
