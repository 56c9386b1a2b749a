/** Something that could be written at a place. */
export interface Suggestion {
  label: string
  kind:
    | 'key'
    | 'value'
    | 'variable'
    | 'task'
    | 'function'
    | 'method'
    | 'filter'
    | 'test'
    | 'word'
    | 'action'
    | 'parameter'
  /** Beside the label: a signature, a type, where it comes from. */
  detail: string
  /** A line or two; may be empty. */
  help: string
  insert: string
  /** Where the caret goes in `insert`. @default its end */
  caret?: number
}

/** In order: the likely ones first. */
export interface Suggestions {
  /** What an accepted one takes the place of. */
  from: number
  to: number
  items: readonly Suggestion[]
  /** Whether the items were chosen by what stands there; else the editor chooses among them. */
  isFiltered: boolean
}

/** What stands at a place. */
export interface Help {
  from: number
  to: number
  title: string
  text: string
}
