import type { MendableProblem } from '@st2/designer'
import { createContext, useContext } from 'react'

export const ProblemsContext = createContext<readonly MendableProblem[]>([])

/** What is wrong with the workflow, as far as was looked so far. */
export function useProblems(): readonly MendableProblem[] {
  return useContext(ProblemsContext)
}
