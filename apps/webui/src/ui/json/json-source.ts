import { useEffect, useMemo, useRef, useState } from 'react'
import { copyText } from '../copy.ts'
import type { JsonAsk, JsonTell } from './json-protocol.ts'
import { type JsonRow, JsonTreeModel } from './json-rows.ts'

/** Rows of a tree, wherever the value lives. */
export interface JsonSource {
  readonly count: number
  /** undefined while it is on its way. */
  readonly row: (index: number) => JsonRow | undefined
  readonly toggle: (id: number) => void
  readonly copy: (id: number, what: 'value' | 'path') => void
}

const COPY_NAMES = { value: 'Value', path: 'Path' } as const

/** A value that is already here. */
export function useLocalJson(value: unknown): JsonSource {
  const model = useMemo(() => new JsonTreeModel(value), [value])
  const [, setChanges] = useState(0)
  return {
    count: model.count,
    row: (index) => model.rowsBetween(index, index + 1)[0],
    toggle: (id) => {
      model.toggle(id)
      setChanges((changes) => changes + 1)
    },
    copy: (id, what) => {
      const found = what === 'path' ? model.pathOf(id) : model.valueOf(id)
      void copyText(typeof found === 'string' ? found : JSON.stringify(found, null, 2), COPY_NAMES[what])
    },
  }
}

/** Rows asked for at once; scrolling asks for the next ones before they are seen. */
const WINDOW = 200

export type RemoteJson =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'ready'; readonly source: JsonSource }

/** A value that a worker fetches and keeps. */
export function useRemoteJson(url: string, headers: Readonly<Record<string, string>>): RemoteJson {
  const [state, setState] = useState<{ version: number; count: number } | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [, setArrivals] = useState(0)
  const connection = useRef<{ worker: Worker; rows: Map<number, JsonRow>; asked: Set<number>; version: number }>(null)

  useEffect(() => {
    const worker = new Worker(new URL('./json-worker.ts', import.meta.url), { type: 'module' })
    const held = { worker, rows: new Map<number, JsonRow>(), asked: new Set<number>(), version: 0 }
    connection.current = held
    worker.addEventListener('message', (event: MessageEvent<JsonTell>) => {
      const told = event.data
      if (told.kind === 'failed') setFailure(told.reason)
      else if (told.kind === 'text') void copyText(told.text, COPY_NAMES[told.what])
      else if (told.kind === 'count') {
        held.rows.clear()
        held.asked.clear()
        held.version = told.version
        setState({ version: told.version, count: told.count })
      } else if (told.version === held.version) {
        told.rows.forEach((row, offset) => held.rows.set(told.from + offset, row))
        setArrivals((arrivals) => arrivals + 1)
      }
    })
    send(worker, { kind: 'load', url, headers })
    return () => worker.terminate()
    // A new token alone does not fetch the value again.
  }, [url])

  if (failure !== null) return { state: 'failed', reason: failure }
  if (state === null) return { state: 'loading' }
  return {
    state: 'ready',
    source: {
      count: state.count,
      row: (index) => {
        const held = connection.current
        if (held === null) return undefined
        const part = Math.floor(index / WINDOW)
        if (!held.asked.has(part)) {
          held.asked.add(part)
          send(held.worker, { kind: 'rows', version: held.version, from: part * WINDOW, to: (part + 1) * WINDOW })
        }
        return held.rows.get(index)
      },
      toggle: (id) => connection.current && send(connection.current.worker, { kind: 'toggle', id }),
      copy: (id, what) => connection.current && send(connection.current.worker, { kind: 'copy', id, what }),
    },
  }
}

function send(worker: Worker, ask: JsonAsk): void {
  worker.postMessage(ask)
}
