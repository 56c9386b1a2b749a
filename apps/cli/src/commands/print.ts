import { formatDocument, formatDocuments, type Structured } from '../format/documents.ts'
import { fieldsOf } from '../format/fields.ts'
import { formatList, type Transforms } from '../format/list-table.ts'
import { formatProperties } from '../format/property-table.ts'
import { tableColumns } from '../format/terminal-width.ts'
import type { CommandContext } from '../shell/command-spec.ts'
import type { Input } from '../shell/input.ts'

export function structuredFormat(input: Input): Structured | null {
  if (input.has('json')) return 'json'
  return input.has('yaml') ? 'yaml' : null
}

export interface ListPrintOptions {
  readonly attributes: readonly string[]
  readonly transforms?: Transforms
  /** Of all columns, where no option says otherwise. @default the terminal's width, shared */
  readonly width?: number
  /** Upstream says so instead of showing an empty table, except where it reverses the list first. */
  readonly whenEmpty: 'say-so' | 'empty-table'
}

/** @returns the table, when one was printed */
export function printList(
  context: CommandContext,
  documents: readonly object[],
  options: ListPrintOptions,
): string | null {
  const { io, input } = context
  const structured = structuredFormat(input)
  if (structured !== null) {
    io.out(`${formatDocuments(documents.map(fieldsOf), options.attributes, structured)}\n`)
    return null
  }
  if (documents.length === 0 && options.whenEmpty === 'say-so') {
    io.out('No matching items found\n')
    return null
  }
  const { attributes, transforms } = options
  const table = formatList(documents, {
    attributes,
    transforms,
    widths: input.integers('width') ?? (options.width === undefined ? undefined : [options.width]),
    columns: tableColumns(io),
  })
  io.out(`${table}\n`)
  return table
}

export interface PropertyPrintOptions {
  readonly attributes: readonly string[]
  readonly order?: readonly string[] | undefined
}

export function printProperties(context: CommandContext, document: object, options: PropertyPrintOptions): void {
  const structured = structuredFormat(context.input)
  const text =
    structured === null
      ? formatProperties(document, options)
      : formatDocument(fieldsOf(document), options.attributes, structured)
  context.io.out(`${text}\n`)
}
