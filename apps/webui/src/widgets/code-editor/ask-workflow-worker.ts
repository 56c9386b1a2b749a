import type { Question, WorkflowQuestions, WorkflowTell } from './workflow-worker-protocol.ts'

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
}

let worker: Worker | null = null
let lastId = 0
const waiting = new Map<number, Waiting>()

/** Asks the one worker of the page, which starts with the first question. */
export function askWorkflowWorker<Q extends Question>(
  question: Q,
  ask: WorkflowQuestions[Q]['ask'],
): Promise<WorkflowQuestions[Q]['answer']> {
  const running = (worker ??= start())
  const id = ++lastId
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    running.postMessage({ id, question, ask })
  })
}

function start(): Worker {
  const started = new Worker(new URL('./workflow-worker.ts', import.meta.url), { type: 'module' })
  started.addEventListener('message', ({ data }: MessageEvent<WorkflowTell>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if ('failure' in data) asked?.reject(new Error(data.failure))
    else asked?.resolve(data.answer as never)
  })
  // It could not be loaded, or ended: the next question starts another one.
  started.addEventListener('error', (event) => {
    started.terminate()
    worker = null
    const reason = new Error(`the reader of workflows ended: ${event.message}`)
    for (const { reject } of waiting.values()) reject(reason)
    waiting.clear()
  })
  return started
}
