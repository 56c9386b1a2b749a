/** Characters of one line that reach the page while output is followed; the whole line is in the result. */
const MAX_FOLLOWED_LINE = 65_536

/** Text without lines that no page can hold; what is left out is said in its place. */
export function cutLines(text: string, limit = MAX_FOLLOWED_LINE): string {
  if (text.length <= limit) return text
  return text
    .split('\n')
    .map((line) => (line.length <= limit ? line : `${line.slice(0, limit)} … ${line.length - limit} more characters`))
    .join('\n')
}
