import type { ActionAlias, ActionAliasFormat } from '@st2/model'

/** One sentence of an alias that is understood, and how it is shown. */
export interface FormatEntry {
  readonly display: string
  readonly representation: string
  readonly isMultiple: boolean
}

/** What an alias understands; each representation is one. */
export function formatEntries({ formats }: Pick<ActionAlias, 'formats'>): readonly FormatEntry[] {
  return formats.flatMap((format) => {
    if (typeof format === 'string') return [{ display: format, representation: format, isMultiple: false }]
    return representationsOf(format).map((representation) => ({
      display: format.display ?? representation,
      representation,
      isMultiple: format.match_multiple === true,
    }))
  })
}

/** What an alias shows; each format once. */
export function displays({ formats }: Pick<ActionAlias, 'formats'>): readonly string[] {
  return formats.flatMap((format) => {
    if (typeof format === 'string') return [format]
    return format.display === undefined ? representationsOf(format) : [format.display]
  })
}

function representationsOf(format: Exclude<ActionAliasFormat, string>): readonly string[] {
  const { representation = [] } = format
  return typeof representation === 'string' ? [representation] : representation
}
