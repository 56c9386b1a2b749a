import { useEffect } from 'react'
import type { Designer } from '../state/designer-context.ts'
import { keepWork } from './keep-work.ts'

/** ms after a change until it is kept in this browser. */
const KEEP_MS = 600

/** Keeps in this browser what is not on the server yet; a closed tab, a lost connection or a crash loses nothing. */
export function useDraft(designer: Designer): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const keep = () => {
      timer = undefined
      keepWork(designer)
    }
    const flush = () => {
      if (timer === undefined) return
      clearTimeout(timer)
      keep()
    }
    const stop = designer.editor.subscribe(() => {
      clearTimeout(timer)
      timer = setTimeout(keep, KEEP_MS)
    })
    addEventListener('pagehide', flush)
    return () => {
      removeEventListener('pagehide', flush)
      stop()
      flush()
    }
  }, [designer])
}
