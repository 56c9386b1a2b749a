import type { Execution } from '@st2/model'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { type ExecutionVerb, VERBS } from '../execution-requests.ts'
import { counted, executions } from './job-words.ts'
import type { Offer } from './offer.ts'

/** What comes of it, for all of them. */
const MEANING: Readonly<Record<ExecutionVerb, string>> = {
  cancel: 'What they run is stopped. What it has done already stays done.',
  pause: 'They go on when somebody resumes them.',
  resume: 'They go on where they were.',
  rerun: 'Each runs once more with the parameters it had, secrets included.',
}

/** Actions named one by one; there may be as many as executions. */
const MAX_NAMED = 6

interface BulkConfirmProps {
  readonly verb: ExecutionVerb
  readonly offer: Offer
  readonly onConfirm: () => void
  readonly onClose: () => void
}

export function BulkConfirm({ verb, offer: { takers, refusals }, onConfirm, onClose }: BulkConfirmProps) {
  const { word, icon } = VERBS[verb]
  return (
    <ConfirmDialog
      icon={icon}
      label={`${word} ${counted(takers.length)}`}
      onClose={onClose}
      onConfirm={onConfirm}
      stay="Leave them"
      testId="bulk_confirm"
      title={`${word} ${executions(takers.length)}?`}
    >
      <p>{MEANING[verb]}</p>
      <ul className="bulk-actions">
        {actionsOf(takers).map(([ref, count]) => (
          <li key={ref}>
            <span className="tabular">{counted(count)} ×</span> {ref}
          </li>
        ))}
      </ul>
      {refusals !== '' && <p className="muted">The others stay as they are. {refusals}</p>}
    </ConfirmDialog>
  )
}

/** What runs most comes first. */
function actionsOf(takers: readonly Execution[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { action } of takers) counts.set(action?.ref ?? '', (counts.get(action?.ref ?? '') ?? 0) + 1)
  const all = [...counts].toSorted(([, a], [, b]) => b - a)
  const others = all.slice(MAX_NAMED)
  if (others.length === 0) return all
  const count = others.reduce((sum, [, one]) => sum + one, 0)
  return [...all.slice(0, MAX_NAMED), [`of ${counted(others.length)} other actions`, count]]
}
