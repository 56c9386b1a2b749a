import { useRouter } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { hrefOf } from '../paths.ts'

interface AppLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** From paths.ts. */
  readonly to: string
}

/** A real link into the application: it can be opened in another tab, copied and read out. */
export function AppLink({ to, onClick, ...rest }: AppLinkProps) {
  const { history } = useRouter()
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!isPlain || event.defaultPrevented || rest.target !== undefined) return
    event.preventDefault()
    history.push(to)
  }
  return <a {...rest} href={hrefOf(to)} onClick={follow} />
}

/** Goes to an address of paths.ts. */
export function useGo(): (to: string, mode?: 'push' | 'replace') => void {
  const { history } = useRouter()
  return (to, mode = 'push') => (mode === 'push' ? history.push(to) : history.replace(to))
}
