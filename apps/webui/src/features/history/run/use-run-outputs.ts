import { useEffect, useReducer, useRef } from 'react'
import { followOutput } from '../../../api/output.ts'
import { CollectedOutput } from '../../../widgets/run/collected-output.ts'
import { outputsToFollow } from '../../../widgets/run/outputs-to-follow.ts'

export interface RunOutputs {
  readonly outputs: ReadonlyMap<string, CollectedOutput>
  /** Another one whenever something was printed. */
  readonly version: number
  /** Outputs that wait until others have ended: few may be followed at once. */
  readonly waiting: number
  readonly failed: number
}

type State = 'waiting' | 'open' | 'ended' | 'failed'

interface Followed {
  readonly stop: () => void
  state: State
}

/** ms between two looks of the page at what arrives. */
const REDRAW_MS = 250

/**
 * What many executions print, each followed until it has ended; of too many the first.
 *
 * @param ids the same list while they are the same
 */
export function useRunOutputs(ids: readonly string[]): RunOutputs {
  const followed = useRef(new Map<string, Followed>())
  const outputs = useRef(new Map<string, CollectedOutput>())
  const [version, redraw] = useReducer((count: number) => count + 1, 0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    const redrawSoon = () => {
      timer.current ??= setTimeout(() => {
        timer.current = undefined
        redraw()
      }, REDRAW_MS)
    }
    for (const id of outputsToFollow(ids, followed.current))
      followed.current.set(id, follow(id, outputs.current, redrawSoon))
  }, [ids])

  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
      for (const { stop } of followed.current.values()) stop()
      followed.current.clear()
    },
    [],
  )

  const states = [...followed.current.values()].map(({ state }) => state)
  return {
    outputs: outputs.current,
    version,
    waiting: states.filter((state) => state === 'waiting').length,
    failed: states.filter((state) => state === 'failed').length,
  }
}

function follow(id: string, outputs: Map<string, CollectedOutput>, changed: () => void): Followed {
  let told = new CollectedOutput()
  const followed = {
    state: 'waiting' as State,
    stop: followOutput(id, (message) => {
      if (message.kind === 'pieces') {
        for (const piece of message.pieces) told.append(piece)
        // What is told again takes the place of what is shown once it is as much.
        if (told.count >= (outputs.get(id)?.count ?? 0)) outputs.set(id, told)
      } else if (message.kind === 'restart') told = new CollectedOutput()
      else followed.state = STATES[message.kind]
      changed()
    }),
  }
  return followed
}

const STATES = { queued: 'waiting', open: 'open', lost: 'open', ended: 'ended', failed: 'failed' } as const
