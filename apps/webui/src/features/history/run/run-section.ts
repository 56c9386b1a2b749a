import type { RunPlace } from '../../../api/run-place.ts'
import type { Run } from './use-run.ts'

/** What every part of a run view is given. */
export interface RunSectionProps {
  readonly run: Run
  readonly place: RunPlace
  /** Looks at something else; the address follows. */
  readonly onPlace: (next: Partial<RunPlace>) => void
  /** Address of the same part with this task chosen. The same function while nothing changes. */
  readonly rowLink: (task: string) => string
  /** Asks which tasks to run again, beginning with this one. */
  readonly onRunAgain: (task: string) => void
}
