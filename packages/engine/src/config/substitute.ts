import { ConfigError } from './config-error.ts'

/**
 * Replaces `$name`, `${name}`, `$group.name` and `${group.name}` by what they stand for, in turn substituted; `$$` and
 * `\$` are a dollar. A dollar before anything else stays.
 *
 * @param lookUp null when there is no such option
 * @param at place of the value, for messages
 * @source config.md 1
 */
export function substitute(
  text: string,
  lookUp: (reference: string) => { readonly key: string; readonly text: string } | null,
  at: string,
): string {
  return expand(text, [])

  function expand(value: string, seen: readonly string[]): string {
    return value
      .replaceAll('\\$', () => '$$')
      .replaceAll(/\$(?:\$|([_a-z][._a-z0-9]*)|\{([_a-z][._a-z0-9]*)\})/gi, (whole, bare?: string, braced?: string) => {
        const reference = bare ?? braced
        if (reference === undefined) return whole === '$$' ? '$' : whole
        const found = lookUp(reference)
        if (found === null) {
          throw new ConfigError(`${at}: "${whole}" names no option; write "$$" for a dollar sign`)
        }
        if (seen.includes(found.key)) throw new ConfigError(`${at}: "${whole}" refers to itself`)
        return expand(found.text, [...seen, found.key])
      })
  }
}
