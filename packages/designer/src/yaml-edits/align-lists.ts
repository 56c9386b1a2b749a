/** Lists longer than this together are aligned by their ends only. */
const MAX_CELLS = 250_000

/**
 * For every entry of the new list the entry of the old one that stays in its place, or null: a longest common run of equal entries,
 * and between them neighbours that changed.
 */
export function alignLists(
  oldList: readonly unknown[],
  newList: readonly unknown[],
  isSame: (left: unknown, right: unknown) => boolean,
): (number | null)[] {
  const matched = commonRun(oldList, newList, isSame)
  const aligned: (number | null)[] = Array.from(newList, () => null)
  let [oldAt, newAt] = [0, 0]
  for (const [oldIndex, newIndex] of [...matched, [oldList.length, newList.length] as const]) {
    while (oldAt < oldIndex && newAt < newIndex) aligned[newAt++] = oldAt++
    if (newIndex < newList.length) aligned[newIndex] = oldIndex
    ;[oldAt, newAt] = [oldIndex + 1, newIndex + 1]
  }
  return aligned
}

function commonRun(
  oldList: readonly unknown[],
  newList: readonly unknown[],
  isSame: (left: unknown, right: unknown) => boolean,
): (readonly [number, number])[] {
  const shorter = Math.min(oldList.length, newList.length)
  let head = 0
  while (head < shorter && isSame(oldList[head], newList[head])) head++
  let tail = 0
  while (tail < shorter - head && isSame(oldList.at(-1 - tail), newList.at(-1 - tail))) tail++
  const [oldRest, newRest] = [oldList.slice(head, oldList.length - tail), newList.slice(head, newList.length - tail)]
  const middle = oldRest.length * newRest.length > MAX_CELLS ? [] : longestRun(oldRest, newRest, isSame)
  return [
    ...Array.from({ length: head }, (_, index) => [index, index] as const),
    ...middle.map(([left, right]) => [left + head, right + head] as const),
    ...Array.from(
      { length: tail },
      (_, index) => [oldList.length - tail + index, newList.length - tail + index] as const,
    ),
  ]
}

/** By a table of the lengths of what two rests have in common. */
function longestRun(
  oldList: readonly unknown[],
  newList: readonly unknown[],
  isSame: (left: unknown, right: unknown) => boolean,
): [number, number][] {
  const width = newList.length + 1
  const lengths = new Uint32Array((oldList.length + 1) * width)
  const length = (left: number, right: number): number => lengths[left * width + right] ?? 0
  for (let left = oldList.length - 1; left >= 0; left--) {
    for (let right = newList.length - 1; right >= 0; right--) {
      lengths[left * width + right] = isSame(oldList[left], newList[right])
        ? length(left + 1, right + 1) + 1
        : Math.max(length(left + 1, right), length(left, right + 1))
    }
  }
  const run: [number, number][] = []
  let [left, right] = [0, 0]
  while (left < oldList.length && right < newList.length) {
    if (isSame(oldList[left], newList[right])) run.push([left++, right++])
    else if (length(left + 1, right) >= length(left, right + 1)) left++
    else right++
  }
  return run
}
