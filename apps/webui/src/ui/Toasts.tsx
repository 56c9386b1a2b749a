import type { ReactNode } from 'react'
import { create } from 'zustand'
import { Button } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'
import type { Tone } from './Badge.tsx'

interface Toast {
  readonly key: number
  readonly tone: Tone
  readonly text: string
  readonly link?: ReactNode
  /** ms of the page's clock. */
  readonly at: number
}

/** ms, at least, and for each letter that is to be read; errors stay until they are closed. */
const VISIBLE_MS = 5000
const LETTER_MS = 70
/** ms in which somebody who is told of something comes to another place because of it. */
const ARRIVAL_MS = 1500
/** The oldest give way: a failing server must not fill the screen. */
const MAX_TOASTS = 4

const ICONS: Readonly<Record<Tone, IconName>> = {
  ok: 'check',
  bad: 'warning',
  run: 'info',
  warn: 'warning',
  idle: 'info',
}

const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }))
let nextKey = 1

/** @returns what takes it away before its time, when what it is about has gone */
export function toast(tone: Tone, text: string, link?: ReactNode): () => void {
  const key = nextKey++
  const shown = { key, tone, text, link, at: performance.now() }
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, shown].slice(-MAX_TOASTS) }))
  if (tone !== 'bad') setTimeout(() => dismiss(key), Math.max(VISIBLE_MS, text.length * LETTER_MS))
  return () => dismiss(key)
}

/** At another place: what was told before is about the one that was left. */
export function dismissPast(): void {
  const since = performance.now() - ARRIVAL_MS
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter(({ at }) => at >= since) }))
}

function dismiss(key: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((shown) => shown.key !== key) }))
}

/** The last one, over the top bar: nothing that somebody works with is covered. The others follow when it is closed. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts)
  return (
    <div aria-live="polite" className="toasts" role="status">
      {toasts.slice(-1).map(({ key, tone, text, link }) => (
        <div className={`toast tone-${tone}`} data-test="toast" key={key}>
          <Icon name={ICONS[tone]} />
          <div className="grow toast-text">
            {text}
            {link && <div>{link}</div>}
          </div>
          {toasts.length > 1 && <span className="toast-more">{toasts.length - 1} more</span>}
          <Button aria-label="Dismiss" icon="cross" look="plain" onClick={() => dismiss(key)} size="s" />
        </div>
      ))}
    </div>
  )
}
