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
}

/** ms; errors stay until they are closed. */
const VISIBLE_MS = 9000
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

export function toast(tone: Tone, text: string, link?: ReactNode): void {
  const key = nextKey++
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, { key, tone, text, link }].slice(-MAX_TOASTS) }))
  if (tone !== 'bad') setTimeout(() => dismiss(key), VISIBLE_MS)
}

function dismiss(key: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((shown) => shown.key !== key) }))
}

export function Toasts() {
  const toasts = useToasts((state) => state.toasts)
  return (
    <div aria-live="polite" className="toasts" role="status">
      {toasts.map(({ key, tone, text, link }) => (
        <div className={`toast tone-${tone}`} key={key}>
          <Icon name={ICONS[tone]} />
          <div className="grow toast-text">
            {text}
            {link && <div>{link}</div>}
          </div>
          <Button aria-label="Dismiss" icon="cross" look="plain" onClick={() => dismiss(key)} size="s" />
        </div>
      ))}
    </div>
  )
}
