import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { EditorProblem, ProblemFix } from './editor-problem.ts'

interface ProblemListProps {
  readonly problems: readonly EditorProblem[]
  readonly lineOf: (problem: EditorProblem) => number
  readonly onShow: (problem: EditorProblem) => void
  /** Absent: the text can only be read. */
  readonly onFix: ((problem: EditorProblem, fix: ProblemFix) => void) | undefined
}

/** What is wrong, with the way there and, where one is known, the way out. */
export function ProblemList({ problems, lineOf, onShow, onFix }: ProblemListProps) {
  return (
    <ul aria-label="Problems" className="problem-list">
      {problems.map((problem) => (
        <li key={`${problem.from} ${problem.to} ${problem.message}`}>
          <button className="problem-row" onClick={() => onShow(problem)} type="button">
            <span className="code-editor-count" data-tone={problem.severity === 'error' ? 'bad' : 'warn'}>
              <Icon name={problem.severity === 'error' ? 'cross' : 'warning'} size={12} />
              <span className="sr-only">{problem.severity}</span>
            </span>
            <span className="grow">{problem.message}</span>
            <span className="problem-line">Line {lineOf(problem)}</span>
          </button>
          {onFix !== undefined &&
            problem.fixes?.map((fix) => (
              <Button key={fix.label} onClick={() => onFix(problem, fix)} size="s">
                {fix.label}
              </Button>
            ))}
        </li>
      ))}
    </ul>
  )
}
