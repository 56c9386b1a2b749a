import type { Problem } from '@st2/designer'
import { Button } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Popup } from '../../../ui/Popup.tsx'
import { useDesigner, useWorkflow } from '../state/designer-context.ts'
import { useProblems } from '../state/problems-context.ts'
import { showTask } from '../state/show-task.ts'

/** Shown at once. */
const MAX_SHOWN = 200

/** How many things are wrong, and a list of them that leads to each. */
export function ProblemsButton() {
  const designer = useDesigner()
  const problems = useProblems()
  const { undrawn } = useWorkflow()
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const go = (problem: Problem) => {
    const { view } = designer
    const reveal = { from: problem.from, to: problem.to, focus: problem.task === null }
    if (problem.task !== null && view.getState().panel !== 'code') showTask(designer, problem.task)
    else view.setState({ panel: 'code', isDetailsOpen: true, codeFile: problem.file, reveal })
  }
  return (
    <Popup
      className="problem-list"
      kind="dialog"
      label="Problems"
      trigger={
        <Button
          className={
            errors > 0 ? 'tone-bad problems-button' : warnings > 0 ? 'tone-warn problems-button' : 'problems-button'
          }
          data-test="problems"
          icon={errors > 0 ? 'warning' : warnings > 0 ? 'info' : 'check'}
          look="plain"
        >
          <span>
            {errors + warnings > 0 && (errors > 0 ? errors : warnings)}
            {wordsOf(errors, warnings)}
          </span>
        </Button>
      }
    >
      {(close) => (
        <>
          {problems.length === 0 && <p className="lines-note">No mistakes were found.</p>}
          {problems.slice(0, MAX_SHOWN).map((problem, index) => (
            <button
              className={`menu-item problem ${problem.severity === 'error' ? 'tone-bad' : 'tone-warn'}`}
              key={`${index} ${problem.message}`}
              onClick={() => {
                close()
                go(problem)
              }}
              type="button"
            >
              <Icon name={problem.severity === 'error' ? 'warning' : 'info'} size={14} />
              <span className="grow">
                {problem.message}
                <span className="problem-place muted">
                  {[problem.task, problem.file, `line ${problem.line}`].filter(Boolean).join(' · ')}
                </span>
              </span>
            </button>
          ))}
          {problems.length > MAX_SHOWN && <p className="lines-note">{problems.length - MAX_SHOWN} more.</p>}
          {undrawn.length > 0 && (
            <p className="lines-note" data-test="undrawn">
              Kept in the text and not drawn:{' '}
              {undrawn.map(({ path, reason }) => `${[path].flat().join('.')} (${reason})`).join('; ')}
            </p>
          )}
        </>
      )}
    </Popup>
  )
}

/** Behind the number. */
function wordsOf(errors: number, warnings: number): string {
  if (errors > 0) return errors === 1 ? ' problem' : ' problems'
  if (warnings > 0) return warnings === 1 ? ' warning' : ' warnings'
  return 'No problems'
}
