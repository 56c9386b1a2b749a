import { AnsiText } from './AnsiText.tsx'
import { visibleText } from './log-buffer.ts'

interface LineTextProps {
  readonly text: string
  /** Colour codes still in force from earlier lines. */
  readonly carried?: string
}

/** A printed line as a terminal would show it; what is too long to be laid out is counted. */
export function LineText({ text, carried = '' }: LineTextProps) {
  const visible = visibleText(text)
  return (
    <>
      <AnsiText text={carried + visible.text} />
      {visible.hidden > 0 && <span className="line-cut"> … {visible.hidden.toLocaleString('en')} more characters</span>}
    </>
  )
}
