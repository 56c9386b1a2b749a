/** What a contract suite opens: the port, and how to be rid of everything that was opened with it. */
export interface Opened<T> extends AsyncDisposable {
  readonly port: T
}

/** Waits until a condition holds; fails with its name when it does not in time. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 5_000,
): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
