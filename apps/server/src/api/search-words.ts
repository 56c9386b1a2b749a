import { InvalidError, SEARCH_TEXT_LIMITS, searchWords } from '@st2/model'

/**
 * The words of a free-text search.
 * @throws InvalidError above the limits
 */
export function readSearchWords(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  const { characters, words } = SEARCH_TEXT_LIMITS
  if (text.length > characters)
    throw new InvalidError(`q has ${text.length} characters; at most ${characters} are allowed.`)
  const found = searchWords(text)
  if (found.length > words) throw new InvalidError(`q has ${found.length} words; at most ${words} are allowed.`)
  return found
}
