import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import { WrapButton } from '../../ui/WrapButton.tsx'
import type { CodeEditorProps } from './code-editor-props.ts'
import { CodeView } from './code-view.ts'
import type { EditorProblem } from './editor-problem.ts'
import { ProblemList } from './ProblemList.tsx'

const NO_PROBLEMS: readonly EditorProblem[] = []

export function LoadedEditor(props: CodeEditorProps) {
  const { label, value, onChange, problems = NO_PROBLEMS, reveal = null, assistant = null } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<CodeView>(null)
  const latest = useRef(props)
  const wrap = usePreferences((state) => state.wrap)
  const [place, setPlace] = useState({ line: 1, column: 1 })
  const [isListOpen, setListOpen] = useState(false)
  const isReadOnly = onChange === undefined

  useLayoutEffect(() => {
    latest.current = props
  })
  useLayoutEffect(() => {
    if (host.current === null) return
    const { value: text, label: name } = latest.current
    const opened = new CodeView(
      host.current,
      { text, label: name },
      {
        changed: (changes) => latest.current.onChange?.(changes),
        caretMoved: (offset, at) => {
          setPlace(at)
          latest.current.onCaret?.(offset)
        },
        left: () => latest.current.onLeave?.(),
        undo: () => latest.current.onUndo?.() === true,
        redo: () => latest.current.onRedo?.() === true,
        save: () => {
          latest.current.onSave?.()
          return latest.current.onSave !== undefined
        },
      },
    )
    view.current = opened
    return () => {
      view.current = null
      opened.destroy()
    }
  }, [])
  useLayoutEffect(() => view.current?.setText(value), [value])
  useLayoutEffect(() => view.current?.setAccess(label, isReadOnly), [label, isReadOnly])
  useLayoutEffect(() => view.current?.setWrap(wrap), [wrap])
  useLayoutEffect(() => view.current?.setAssistant(assistant), [assistant])
  useLayoutEffect(() => view.current?.setProblems(problems), [problems])
  useEffect(() => {
    if (reveal !== null) view.current?.reveal(reveal)
  }, [reveal])

  return (
    <>
      <div className="code-editor-host" ref={host} />
      {isListOpen && problems.length > 0 && (
        <ProblemList
          lineOf={(problem) => view.current?.lineOf(problem) ?? 1}
          onFix={isReadOnly ? undefined : (problem, fix) => view.current?.applyFix(problem, fix)}
          onShow={(problem) => view.current?.showProblem(problem)}
          problems={problems}
        />
      )}
      <div className="code-editor-foot">
        {problems.length > 0 && (
          <Button aria-expanded={isListOpen} look="plain" onClick={() => setListOpen((isOpen) => !isOpen)} size="s">
            <Counts problems={problems} />
          </Button>
        )}
        <span className="grow" />
        <span className="code-editor-place">
          Line {place.line}, column {place.column}
        </span>
        <Button
          aria-label="Find in the text"
          icon="search"
          look="plain"
          onClick={() => view.current?.openSearch()}
          size="s"
        />
        <WrapButton />
      </div>
    </>
  )
}

function Counts({ problems }: { readonly problems: readonly EditorProblem[] }) {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  return (
    <>
      {errors > 0 && (
        <span className="code-editor-count" data-tone="bad">
          <Icon name="cross" size={12} /> {errors} {errors === 1 ? 'error' : 'errors'}
        </span>
      )}
      {warnings > 0 && (
        <span className="code-editor-count" data-tone="warn">
          <Icon name="warning" size={12} /> {warnings} {warnings === 1 ? 'warning' : 'warnings'}
        </span>
      )}
    </>
  )
}
