/** What is to be placed: boxes and what connects them. */
export interface LayoutInput {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[]
  readonly edges: readonly {
    readonly id: string
    readonly source: string
    readonly target: string
    /** Room for words on the line. */
    readonly label?: { readonly width: number; readonly height: number } | undefined
  }[]
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Its upper left corner, and how large it is. */
export interface Box extends Point {
  readonly width: number
  readonly height: number
}

export type Direction = 'down' | 'right'

export interface Layout {
  readonly direction: Direction
  /** Lines lead straight on, behind boxes as well: there are too many of them to find each its way. */
  readonly isPlain: boolean
  readonly width: number
  readonly height: number
  readonly nodes: ReadonlyMap<string, Box>
  /** The way of each line, ends included, and the middle of its words. */
  readonly edges: ReadonlyMap<string, { readonly points: readonly Point[]; readonly label: Point | null }>
}
