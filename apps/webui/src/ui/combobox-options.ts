export interface Option {
  readonly value: string
  readonly detail?: string | undefined
}

/** Options on the screen at once; more typing narrows them. */
export const MAX_OPTIONS = 50

/** Every word occurs in the value or its detail; what begins as typed comes first. Pure. */
export function matchingOptions(options: readonly Option[], typed: string): readonly Option[] {
  const text = typed.trim().toLowerCase()
  const words = text.split(/\s+/).filter(Boolean)
  const rank = ({ value }: Option) =>
    value.toLowerCase().startsWith(text) ? 0 : value.toLowerCase().includes(text) ? 1 : 2
  return options
    .filter(({ value, detail = '' }) => {
      const all = `${value} ${detail}`.toLowerCase()
      return words.every((word) => all.includes(word))
    })
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, MAX_OPTIONS)
}
