import type { YamlLayout, YamlMapping, YamlNode, YamlTree } from '@st2/yaml'

const DEFAULT_STEP = 2

/** How a text is laid out, from the first places that show it: line ends, indentation of mappings and of lists. */
export function detectLayout({ text, root }: YamlTree): YamlLayout {
  const found: { step: number | null; listStep: number | null } = { step: null, listStep: null }
  if (root !== null) look(text, root, found)
  const step = found.step ?? DEFAULT_STEP
  return {
    lineBreak: lineBreakOf(text),
    step,
    listStep: found.listStep ?? step,
    isJson: root !== null && isJson(root),
  }
}

/** The one at the end of the first line. */
function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n'
}

function look(text: string, node: YamlNode, found: { step: number | null; listStep: number | null }): void {
  if (node.kind === 'seq') for (const { value } of node.items) look(text, value, found)
  if (node.kind !== 'map') return
  for (const { start, value } of node.pairs) {
    if (found.step !== null && found.listStep !== null) return
    const by = columnOf(text, value.contentStart) - columnOf(text, start)
    if (!node.isFlow && value.kind === 'map' && !value.isFlow && by > 0) found.step ??= by
    if (!node.isFlow && value.kind === 'seq' && !value.isFlow && by >= 0) found.listStep ??= by
    look(text, value, found)
  }
}

function columnOf(text: string, offset: number): number {
  return offset - Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) - 1
}

/** All keys of a mapping in brackets stand in double quotes. */
export function isJson(node: YamlNode): boolean {
  if (node.kind === 'seq') return node.isFlow && node.items.some(({ value }) => isJson(value))
  return node.kind === 'map' && node.isFlow && isQuotedThroughout(node)
}

function isQuotedThroughout({ pairs }: YamlMapping): boolean {
  return pairs.length > 0 && pairs.every(({ key }) => key.kind === 'scalar' && key.style === 'double-quoted')
}
