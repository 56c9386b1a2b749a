/** Text in a frame of its own, after an empty line. */
export function bordered(text: string): string {
  const lines = text.split('\n')
  const width = Math.max(...lines.map((line) => line.length))
  const rule = `+${'-'.repeat(width + 2)}+`
  return ['', rule, ...lines.map((line) => `| ${line.padEnd(width)} |`), rule].join('\n')
}
