import { useEffect, useRef, useState } from 'react'

/** ms without a letter until what is typed counts; leaving the field is faster. */
const REST_MS = 500

export interface DraftText {
  readonly text: string
  readonly write: (text: string) => void
  /** What is typed counts now. */
  readonly settle: () => void
}

/** A field whose text counts a moment after it was typed: what a person is typing is theirs until then. */
export function useDraftText(value: string, commit: (text: string) => void): DraftText {
  const [typed, setTyped] = useState<string | null>(null)
  const pending = useRef<{ text: string; commit: (text: string) => void } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const flush = () => {
    clearTimeout(timer.current)
    const waiting = pending.current
    pending.current = null
    waiting?.commit(waiting.text)
  }
  useEffect(() => flush, [])
  return {
    text: typed ?? value,
    write: (text) => {
      setTyped(text)
      clearTimeout(timer.current)
      pending.current = text === value ? null : { text, commit }
      if (pending.current !== null) timer.current = setTimeout(flush, REST_MS)
    },
    settle: () => {
      flush()
      setTyped(null)
    },
  }
}
