import {
  completeWorkflow,
  DesignerEditor,
  findMendableProblems,
  helpAt,
  type ProblemOptions,
  WorkflowNames,
} from '@st2/designer'
import type { ProblemsAsk, WorkflowAsk, WorkflowTell } from './workflow-worker-protocol.ts'

/** Reads workflows beside the page: a long one takes longer than a key may. */
const names = new WorkflowNames()

addEventListener('message', ({ data }: MessageEvent<WorkflowAsk>) => {
  postMessage(answerTo(data))
})

function answerTo(asked: WorkflowAsk): WorkflowTell {
  const { id, question, ask } = asked
  try {
    if (question === 'problems') return { id, answer: problemsOf(ask) }
    const find = question === 'complete' ? completeWorkflow : helpAt
    return { id, answer: find(ask.text, ask.offset, names) }
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) }
  }
}

function problemsOf({ texts, knownActions, parameters }: ProblemsAsk) {
  const options: ProblemOptions = {
    actionParameters: (ref) => parameters.get(ref) ?? null,
    ...(knownActions === null ? {} : { knownActions: new Set(knownActions) }),
  }
  return findMendableProblems(new DesignerEditor(texts).state, options, names)
}
