/** Longest name that is compared; a longer one is no slip of the finger. */
const MAX_LENGTH = 60

/** The name that was probably meant: the one with the fewest slips, and not too many for its length; null: none is near. */
export function nearestName(written: string, names: Iterable<string>): string | null {
  if (written.length > MAX_LENGTH) return null
  let nearest: string | null = null
  let fewest = Math.max(1, Math.floor(written.length / 3)) + 1
  for (const name of names) {
    if (name === written || Math.abs(name.length - written.length) >= fewest) continue
    const slips = name.toLowerCase() === written.toLowerCase() ? 0 : slipsBetween(written, name)
    if (slips < fewest) [nearest, fewest] = [name, slips]
  }
  return nearest
}

/** Letters that are missing, too many, wrong, or exchanged with their neighbour. */
function slipsBetween(left: string, right: string): number {
  let before: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1]
      let slips = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (isSame ? 0 : 1))
      const isExchanged = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (row > 1 && column > 1 && isExchanged) slips = Math.min(slips, at(before, column - 2) + 1)
      current.push(slips)
    }
    ;[before, last] = [last, current]
  }
  return at(last, right.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
