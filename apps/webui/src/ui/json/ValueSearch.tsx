import { type KeyboardEvent, useEffect, useState } from 'react'
import { Button } from '../Button.tsx'
import { Notice, Spinner } from '../Feedback.tsx'
import { Icon } from '../Icon.tsx'
import type { Match, ValueStore } from './value-store.ts'

interface ValueSearchProps {
  readonly store: ValueStore
  readonly onChoose: (match: Match) => void
}

/** ms without a key before something is looked for. */
const PAUSE_MS = 250
const MAX_QUERY = 200

type Found =
  | { readonly kind: 'nothing-asked' | 'looking' }
  | { readonly kind: 'found'; readonly matches: readonly Match[]; readonly next: number | null }
  | { readonly kind: 'failed'; readonly reason: string }

/** Looks for a text in all keys and values, and leads to where it stands. */
export function ValueSearch({ store, onChoose }: ValueSearchProps) {
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<Found>({ kind: 'nothing-asked' })
  const [from, setFrom] = useState(0)

  useEffect(() => {
    if (query === '') return setFound({ kind: 'nothing-asked' })
    const stop = new AbortController()
    const look = async () => {
      if (from === 0) setFound({ kind: 'looking' })
      try {
        const { matches, next } = await store.search(query, from, stop.signal)
        setFound((before) => {
          const known = from > 0 && before.kind === 'found' ? before.matches : []
          return { kind: 'found', matches: [...known, ...matches], next }
        })
      } catch (error) {
        if (!stop.signal.aborted)
          setFound({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
      }
    }
    const timer = setTimeout(() => void look(), from > 0 ? 0 : PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [store, query, from])

  return (
    <div className="value-search" onKeyDown={walk}>
      <div className="row">
        <div className="search">
          <Icon name="search" size={14} />
          <input
            aria-label="Search in the result"
            autoFocus
            className="input"
            data-found=""
            maxLength={MAX_QUERY}
            onChange={(event) => {
              setFrom(0)
              setQuery(event.target.value)
            }}
            placeholder="Text in keys and values"
            type="search"
            value={query}
          />
        </div>
        <span className="muted tabular value-count" role="status">
          {found.kind === 'looking' && <Spinner label="Searching" />}
          {found.kind === 'found' && countWords(found.matches.length, found.next !== null)}
        </span>
      </div>
      {found.kind === 'failed' && <Notice tone="bad">The result could not be searched: {found.reason}</Notice>}
      {found.kind === 'found' && found.matches.length > 0 && (
        <ul className="found">
          {found.matches.map((match, index) => (
            // The same place may match more than once; the list only grows.
            <li key={index}>
              <button className="found-match" data-found="" onClick={() => onChoose(match)} type="button">
                <span className="found-path mono truncate">
                  {match.path}
                  {match.line > 0 && <span className="muted"> line {match.line + 1}</span>}
                </span>
                <Excerpt length={query.length} match={match} />
              </button>
            </li>
          ))}
          {found.next !== null && (
            <li>
              <Button data-found="" onClick={() => setFrom(found.next ?? 0)} size="s">
                Show more
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  )
}

function Excerpt({ match, length }: { readonly match: Match; readonly length: number }) {
  const { excerpt, column, isKey } = match
  return (
    <span className="found-excerpt mono truncate">
      {isKey && <span className="muted">key </span>}
      {plain(excerpt.slice(0, column))}
      <mark>{excerpt.slice(column, column + length)}</mark>
      {plain(excerpt.slice(column + length))}
    </span>
  )
}

const ESC = '\u001b'
const COLOURS = new RegExp(`${ESC}\\[[0-9;]*m?`, 'g')

/** Without the codes of terminal colours, which say nothing here. */
function plain(text: string): string {
  return text.replaceAll(COLOURS, '')
}

function countWords(count: number, hasMore: boolean): string {
  if (count === 0) return 'Not found'
  return `${count.toLocaleString('en')}${hasMore ? '+' : ''} found`
}

function walk(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-found]')]
  const next = stops[stops.findIndex((stop) => stop === document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
