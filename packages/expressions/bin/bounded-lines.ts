/** Characters of one line: a context of several MB fits. */
export const MAX_LINE_LENGTH = 32 * 1024 * 1024

/** Lines of a stream. One that is too long is not kept: `null` stands for it. */
export async function* boundedLines(chunks: AsyncIterable<string>): AsyncGenerator<string | null, undefined> {
  let parts: string[] = []
  let length = 0
  const take = (text: string): void => {
    length += text.length
    if (length <= MAX_LINE_LENGTH) parts.push(text)
    else parts = []
  }
  const finish = (): string | null => {
    const line = length > MAX_LINE_LENGTH ? null : parts.join('')
    parts = []
    length = 0
    return line
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
      take(chunk.slice(from, end))
      yield finish()
      from = end + 1
    }
    take(chunk.slice(from))
  }
  if (length > 0) yield finish()
  return undefined
}
