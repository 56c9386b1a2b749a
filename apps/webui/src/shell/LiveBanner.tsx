import { type LiveState, useLive } from '../api/live.ts'
import { Hint } from '../ui/Hint.tsx'
import { Icon } from '../ui/Icon.tsx'

const WORDS: Readonly<Record<LiveState['kind'], { readonly label: string; readonly hint: string }>> = {
  off: { label: 'Offline', hint: 'Nothing is followed while nobody is signed in.' },
  connecting: { label: 'Connecting', hint: 'Opening the event stream.' },
  live: { label: 'Live', hint: 'Changes appear as they happen.' },
  lost: {
    label: 'Reconnecting',
    hint: 'The event stream was lost. Data is asked for every 10 seconds until it is back.',
  },
  refused: { label: 'Not live', hint: 'The server refuses the event stream. Data is asked for every 10 seconds.' },
}

/** The state of the event stream, always in sight. */
export function LiveDot() {
  const state = useLive((live) => live.state)
  const { label, hint } = WORDS[state.kind]
  return (
    <Hint text={hint}>
      <span className="live-dot" data-state={state.kind} role="status" tabIndex={0}>
        <span className="topbar-word">{label}</span>
        <span className="sr-only">{hint}</span>
      </span>
    </Hint>
  )
}

/** Said across the page, because what is shown may be old. */
export function LiveBanner() {
  const state = useLive((live) => live.state)
  if (state.kind !== 'lost' && state.kind !== 'refused') return null
  return (
    <div className="banner tone-warn" role="status">
      <Icon name="unplugged" />
      <span>
        {state.kind === 'lost' ? 'Live updates are interrupted, reconnecting.' : 'Live updates are not available.'} What
        you see is refreshed every 10 seconds. <span className="muted">{state.reason}</span>
      </span>
    </div>
  )
}
