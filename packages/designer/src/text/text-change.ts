/** One splice of a text. Offsets count UTF-16 units of the text before it. */
export interface TextChange {
  from: number
  to: number
  insert: string
}

/** Changes of one text: sorted, not overlapping, all in offsets of the text before any of them. */
export type TextChanges = readonly TextChange[]

export function applyChanges(text: string, changes: TextChanges): string {
  let result = ''
  let at = 0
  for (const { from, to, insert } of changes) {
    result += text.slice(at, from) + insert
    at = to
  }
  return result + text.slice(at)
}

/** What takes the changes back. @param text before them */
export function invertChanges(text: string, changes: TextChanges): TextChange[] {
  let shift = 0
  return changes.map(({ from, to, insert }) => {
    const start = from + shift
    shift += insert.length - (to - from)
    return { from: start, to: start + insert.length, insert: text.slice(from, to) }
  })
}

/** Changes in any order as the list that `applyChanges` takes; at one place insertions keep their order. */
export function normalizeChanges(changes: TextChanges): TextChange[] {
  const sorted = changes
    .map((change, index) => ({ change, index }))
    .sort(
      (left, right) =>
        left.change.from - right.change.from || order(left.change) - order(right.change) || left.index - right.index,
    )
  const merged: TextChange[] = []
  for (const { change } of sorted) {
    const last = merged.at(-1)
    if (last !== undefined && change.from < last.to) throw new RangeError('changes of a text overlap')
    if (last !== undefined && change.from === last.to) {
      last.to = change.to
      last.insert += change.insert
    } else merged.push({ ...change })
  }
  return merged.filter(({ from, to, insert }) => from !== to || insert !== '')
}

/** At one place what is inserted comes before what is removed. */
function order({ from, to }: TextChange): number {
  return from === to ? 0 : 1
}

/** Both changes, one after the other, as one. @param second in offsets of the text after `first` */
export function composeChanges(first: TextChanges, second: TextChanges): TextChange[] {
  const pieces: Piece[] = piecesOf(first)
  const composed: TextChange[] = []
  const reader = new PieceReader(pieces)
  for (const { from, to, insert } of second) {
    reader.keepUpTo(from, composed)
    reader.dropUpTo(to, insert, composed)
  }
  reader.keepUpTo(Number.POSITIVE_INFINITY, composed)
  return normalizeChanges(composed)
}

/** A stretch of the text between both changes: kept from the old text, or inserted in place of some of it. */
type Piece = { kind: 'kept'; from: number; to: number } | { kind: 'inserted'; from: number; to: number; text: string }

function piecesOf(changes: TextChanges): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { from, to, insert } of changes) {
    pieces.push({ kind: 'kept', from: at, to: from }, { kind: 'inserted', from, to, text: insert })
    at = to
  }
  return [...pieces, { kind: 'kept', from: at, to: Number.POSITIVE_INFINITY }]
}

class PieceReader {
  readonly #pieces: Piece[]
  /** Offset in the text between both changes. */
  #at = 0

  constructor(pieces: Piece[]) {
    this.#pieces = pieces
  }

  /** Passes what the second change leaves alone. */
  keepUpTo(end: number, out: TextChange[]): void {
    this.#take(end, (piece) => {
      if (piece.kind === 'inserted') out.push({ from: piece.from, to: piece.to, insert: piece.text })
    })
  }

  /** Passes what the second change removes, and puts its text there. */
  dropUpTo(end: number, insert: string, out: TextChange[]): void {
    const start = this.#oldOffset()
    let [from, to] = [start, start]
    this.#take(end, (piece) => {
      from = Math.min(from, piece.from)
      to = Math.max(to, piece.to)
    })
    out.push({ from, to, insert })
  }

  #oldOffset(): number {
    return this.#pieces[0]?.from ?? 0
  }

  #take(end: number, each: (piece: Piece) => void): void {
    while (this.#at < end) {
      const piece = this.#pieces[0]
      if (piece === undefined) return
      const length = lengthOf(piece)
      if (this.#at + length <= end) {
        this.#pieces.shift()
        this.#at += length
        each(piece)
      } else {
        const [head, tail] = split(piece, end - this.#at)
        this.#pieces[0] = tail
        this.#at = end
        each(head)
      }
    }
  }
}

function lengthOf(piece: Piece): number {
  return piece.kind === 'kept' ? piece.to - piece.from : piece.text.length
}

/** What an insertion takes the place of goes with its head. */
function split(piece: Piece, at: number): [Piece, Piece] {
  if (piece.kind === 'kept')
    return [
      { ...piece, to: piece.from + at },
      { ...piece, from: piece.from + at },
    ]
  return [
    { ...piece, text: piece.text.slice(0, at) },
    { kind: 'inserted', from: piece.to, to: piece.to, text: piece.text.slice(at) },
  ]
}

/** The one splice that makes the second text of the first. */
export function diffTexts(before: string, after: string): TextChange[] {
  if (before === after) return []
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let same = 0
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++
  return [{ from: start, to: before.length - same, insert: after.slice(start, after.length - same) }]
}
