import { Badge } from '../../../ui/Badge.tsx'
import { Lasted } from '../../../ui/Lasted.tsx'
import { TimeStamp } from '../../../ui/TimeStamp.tsx'
import type { Attempt, Visit } from '../../../widgets/run/run-model.ts'
import { taskLook } from '../../../widgets/run/task-looks.ts'

interface AttemptListProps {
  readonly places: readonly { readonly visit: Visit; readonly attempt: Attempt }[]
  readonly chosen: string
  readonly onChoose: (id: string) => void
}

/** Each time that the task was started: attempts of a retry, rounds of a cycle, routes of a split. */
export function AttemptList({ places, chosen, onChoose }: AttemptListProps) {
  return (
    <ol aria-label="Attempts" className="attempts card">
      {places.map(({ visit, attempt }, index) => {
        const look = taskLook(attempt.status)
        return (
          <li key={attempt.id}>
            <button
              aria-pressed={attempt.id === chosen}
              className="attempt"
              onClick={() => onChoose(attempt.id)}
              type="button"
            >
              <span className="tabular attempt-number">{index + 1}</span>
              <Badge {...look} text={look.word} />
              <span className="muted grow truncate">{visit.route > 0 && `route ${visit.route}`}</span>
              <span className="muted tabular">
                <TimeStamp form="clock" iso={new Date(attempt.start).toISOString()} />
              </span>
              <span className="attempt-took">
                <Lasted end={attempt.end} start={attempt.start} />
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
