import { useEffect } from 'react'

/** The browser's title: what is shown, then where. */
export function useTitle(...parts: readonly (string | undefined)[]): void {
  const title = `${parts.filter(Boolean).join(' - ')} | StackStorm Web UI`
  useEffect(() => {
    document.title = title
  }, [title])
}
