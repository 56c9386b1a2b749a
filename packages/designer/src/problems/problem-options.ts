import type { ActionParameters } from '@st2/orquesta'

/** What only the platform knows. */
export interface ProblemOptions {
  /** Variables that the platform gives. @default st2, parent */
  knownVariables?: readonly string[]
  /** References of the actions that exist; without it none is called unknown. */
  knownActions?: ReadonlySet<string>
  /** What an action takes; null for one that is not known. Without it inputs are not compared. */
  actionParameters?: (ref: string) => ActionParameters | null
}
