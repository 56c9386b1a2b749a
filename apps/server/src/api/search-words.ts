import { InvalidError } from '@st2/model'

const MAX_LENGTH = 200
const MAX_WORDS = 8

/**
 * The words of a free-text search; `"…"` keeps what stands between the quotes together.
 * @throws InvalidError above the limits
 */
export function readSearchWords(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  if (text.length > MAX_LENGTH)
    throw new InvalidError(`q has ${text.length} characters; at most ${MAX_LENGTH} are allowed.`)
  const words = [...text.matchAll(/"([^"]*)"?|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word)
  const found = [...new Set(words.filter((word) => word.trim() !== ''))]
  if (found.length > MAX_WORDS) throw new InvalidError(`q has ${found.length} words; at most ${MAX_WORDS} are allowed.`)
  return found
}
