/** Characters of one value in a sentence or a cell. */
const MAX_SHOWN = 300

/** A value with its type in sight: texts stand in quotes. */
export function ValueText({ value }: { readonly value: unknown }) {
  const text = JSON.stringify(value) ?? 'nothing'
  const kind = typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : 'literal'
  return (
    <code className={`value-text json-${kind}`} title={text.length > MAX_SHOWN ? text.slice(0, 2000) : undefined}>
      {text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text}
    </code>
  )
}
