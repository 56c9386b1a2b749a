import { ApiError, UnreachableError } from '@st2/client'
import { create } from 'zustand'
import { messageOf } from '../../../api/problem.ts'
import { useSession } from '../../../api/session.ts'
import { toast } from '../../../ui/Toasts.tsx'
import type { ExecutionVerb } from '../execution-requests.ts'
import { sendRequest } from '../send-request.ts'
import { chooseAll, stopChoosing } from './choice.ts'
import { type BulkJob, heldText, isWholeSuccess, summaryText, type Target } from './job-words.ts'
import { type Outcome, phaseOf, RequestQueue } from './request-queue.ts'

/** It goes on while other screens are shown, and is kept until somebody has read what came of it. */
export const useBulkJob = create<{ job: BulkJob | null }>(() => ({ job: null }))

let queue: RequestQueue<Target> | null = null
/** Who asked for it: nobody else goes on with it. */
let owner: string | null = null
let isSeen = () => false
let untell = (): void => undefined

export function startJob(verb: ExecutionVerb, targets: readonly Target[]): void {
  const own: RequestQueue<Target> = new RequestQueue(
    targets,
    ({ id }) => attempt(verb, id),
    (state) => {
      // One that was dropped has nothing to say any more.
      if (queue === own) follow({ verb, queue: state })
    },
  )
  queue = own
  owner = useSession.getState().token?.user ?? null
  own.go()
}

export function stopJob(): void {
  queue?.stop()
}

export function goOn(): void {
  queue?.go()
}

/** Its end was read. */
export function dismissJob(): void {
  queue = null
  untell()
  useBulkJob.setState({ job: null })
}

/** @param look whether what shows the job is in sight; otherwise it is told over whatever screen there is */
export function showsJob(look: () => boolean): () => void {
  isSeen = look
  return () => {
    if (isSeen === look) isSeen = () => false
  }
}

function follow(job: BulkJob): void {
  const before = useBulkJob.getState().job
  useBulkJob.setState({ job })
  const phase = phaseOf(job.queue)
  if (before === null || phase === phaseOf(before.queue)) return
  untell()
  // Those have been run again: nobody means to do so twice.
  if (phase === 'over' && job.verb === 'rerun')
    chooseAll(
      job.queue.done.map(({ id }) => id),
      false,
    )
  if (isSeen()) return
  if (phase === 'over')
    untell = toast(isWholeSuccess(job) ? 'ok' : 'bad', `${summaryText(job)}. The history tells more.`)
  if (phase === 'held') untell = toast('bad', `${heldText(job)} It goes on from the history.`)
}

async function attempt(verb: ExecutionVerb, id: string): Promise<Outcome> {
  try {
    const answer = await sendRequest(verb, id)
    return answer.kind === 'refused' ? { kind: 'failed', text: answer.text } : { kind: 'done', made: answer.made }
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return { kind: 'unauthorized' }
    if (error instanceof UnreachableError)
      return { kind: 'unanswered', text: 'The server did not answer. It may have been done all the same.' }
    return { kind: 'failed', text: messageOf(error) }
  }
}

// What was not sent yet is lost with the page.
addEventListener('beforeunload', (event) => {
  const { job } = useBulkJob.getState()
  if (job !== null && phaseOf(job.queue) !== 'over') event.preventDefault()
})

// Who signs in next has chosen nothing, and asks for nothing that somebody else wanted.
useSession.subscribe(({ phase, token }) => {
  const isSomebodyElse = phase === 'in' && owner !== null && token?.user !== owner
  if (phase !== 'out' && !isSomebodyElse) return
  stopJob()
  dismissJob()
  stopChoosing()
})
