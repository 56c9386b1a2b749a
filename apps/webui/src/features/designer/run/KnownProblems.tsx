import { Notice } from '../../../ui/Feedback.tsx'
import { useProblems } from '../state/problems-context.ts'

/** Shown at once; the toolbar has all of them. */
const MAX_SHOWN = 8

/** What is known to be wrong before it is run. */
export function KnownProblems() {
  const errors = useErrors()
  if (errors.length === 0) return null
  return (
    <div data-test="known_problems">
      <Notice tone="warn">
        <strong>{errors.length === 1 ? '1 problem is known.' : `${errors.length} problems are known.`}</strong> A
        workflow with problems is likely to be refused, or to fail.
        <ul className="known-problems">
          {errors.slice(0, MAX_SHOWN).map(({ message, task, file, line }, index) => (
            <li key={`${index} ${message}`}>
              {message} <span className="muted">{[task, file, `line ${line}`].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
          {errors.length > MAX_SHOWN && <li>{errors.length - MAX_SHOWN} more</li>}
        </ul>
      </Notice>
    </div>
  )
}

export function useErrors() {
  return useProblems().filter(({ severity }) => severity === 'error')
}
