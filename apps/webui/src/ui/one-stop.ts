/** What Tab comes to in a row: the box that chooses it, its control, and what stands after that. */
const STOPS = '[data-row-box], [data-row], [data-row] ~ button'

/**
 * Leaves one row of a list for Tab to come to, so that the next Tab leaves the list; arrow keys walk the others.
 *
 * @param wanted tests of a row's index, the most wanted first; when none holds, the first row is the one
 */
export function keepOneStop(list: HTMLElement, wanted: readonly ((index: number) => boolean)[]): void {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-index]')].filter(
    (row) => row.querySelector(STOPS) !== null,
  )
  const found = wanted.map((test) => rows.find(({ dataset }) => test(Number(dataset['index']))))
  const stop = found.find((row) => row !== undefined) ?? rows[0]
  for (const row of rows)
    for (const control of row.querySelectorAll<HTMLElement>(STOPS)) control.tabIndex = row === stop ? 0 : -1
}
