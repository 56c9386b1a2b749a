import Anser from 'anser'

/** Text with terminal colours as themed spans. Colours outside the sixteen named ones fall back to the text's own. */
export function AnsiText({ text }: { readonly text: string }) {
  if (!text.includes('\u001b')) return text
  const parts = Anser.ansiToJson(text, { json: true, use_classes: true, remove_empty: true })
  return parts.map((part, index) => (
    <span className={classesOf(part)} key={`${index}-${part.content.length}`}>
      {part.content}
    </span>
  ))
}

interface Styled {
  readonly fg: string | null
  readonly bg: string | null
  readonly decorations: readonly string[]
}

function classesOf({ fg, bg, decorations }: Styled): string {
  const colour = fg ? `ansi-${fg.replace(/^ansi-(bright-)?/, '')}` : ''
  const ground = bg ? `ansi-bg-${bg.replace(/^ansi-(bright-)?/, '')}` : ''
  return [colour, ground, ...decorations.map((name) => `ansi-${name}`)].filter(Boolean).join(' ')
}
