import { type DesignerFile, placeAt } from '@st2/designer'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { actionList, actionOverview } from '../../../api/actions.ts'
import { type Choice, Segmented } from '../../../ui/Segmented.tsx'
import { CodeEditor } from '../../../widgets/code-editor/CodeEditor.tsx'
import { workflowAssistant } from '../../../widgets/code-editor/workflow-assistant.ts'
import { findActions } from '../palette/find-actions.ts'
import { leaveField } from '../text-field.ts'
import { newGroup, useDesigner, useDesignerState, useSaving, useView } from '../state/designer-context.ts'
import { useProblems } from '../state/problems-context.ts'
import { parameterHints } from './parameter-hints.ts'
import { useLaterReading } from './use-later-reading.ts'

const FILES: readonly Choice<DesignerFile>[] = [
  { value: 'workflow', label: 'Workflow' },
  { value: 'metadata', label: 'Metadata' },
]

/** Actions that the completion offers at once. */
const MAX_OFFERED = 50
/** ms without a letter after which what is typed is a step of its own to undo. */
const PAUSE_MS = 1000

/** The same workflow as text: both are the same thing, whichever is changed. */
export function CodePane() {
  const { editor, view } = useDesigner()
  const state = useDesignerState()
  const problems = useProblems()
  const file = useView((current) => current.codeFile)
  const reveal = useView((current) => current.reveal)
  const ref = useSaving((saving) => saving.stored?.action.ref ?? 'new workflow')
  const typing = useRef({ group: '', at: 0 })
  const caret = useRef(0)
  const assistant = useAssistant()
  const { text, isCurrent, fault } = state[file]
  const shown = useMemo(() => {
    const own = problems.filter((problem) => problem.file === file)
    if (fault === null) return own
    const end = Math.max(fault.offset + 1, text.indexOf('\n', fault.offset))
    return [{ from: fault.offset, to: end, severity: 'error' as const, message: fault.message }]
    // A fault stays where the text has carried it until the text is read again.
  }, [problems, file, fault])
  const groupNow = () => {
    const now = performance.now()
    if (now - typing.current.at > PAUSE_MS) typing.current.group = newGroup('typing')
    typing.current.at = now
    return typing.current.group
  }
  const choose = () => {
    const { workflow } = editor.state
    if (file !== 'workflow' || !workflow.isCurrent || !workflow.isRead) return
    const { task, transition } = placeAt(workflow.model, caret.current)
    if (task === null) return
    const { chosen, transition: before } = view.getState()
    if (chosen.length === 1 && chosen[0] === task && before?.index === (transition ?? undefined)) return
    view.setState({
      chosen: [task],
      transition: transition === null ? null : { task, index: transition, target: null },
    })
  }
  const reading = useLaterReading(editor, choose)
  return (
    <div className="designer-code" data-broken={!isCurrent || undefined} data-test="code_pane">
      <div className="row designer-code-head">
        <Segmented
          choices={FILES}
          label="File"
          onChange={(next) => view.setState({ codeFile: next, reveal: null })}
          value={file}
        />
      </div>
      <CodeEditor
        assistant={file === 'workflow' ? assistant : null}
        key={file}
        label={`${file === 'workflow' ? 'Workflow' : 'Metadata of'} ${ref}`}
        onCaret={(offset) => {
          caret.current = offset
          choose()
        }}
        onChange={(changes) => {
          editor.type(file, changes, { group: groupNow(), reading: 'later' })
          reading.later()
        }}
        onLeave={() => {
          reading.now()
          typing.current.at = 0
          editor.endGroup()
        }}
        onRedo={() => editor.redo() !== null}
        onSave={() => {
          reading.now()
          leaveField()
          view.setState({ dialog: { kind: 'save' } })
        }}
        onUndo={() => editor.undo() !== null}
        problems={shown}
        reveal={reveal}
        value={text}
      />
    </div>
  )
}

function useAssistant() {
  const cache = useQueryClient()
  return useMemo(
    () =>
      workflowAssistant({
        searchActions: async (words) => {
          const { items } = await cache.fetchQuery(actionList())
          return findActions(items, words, [])
            .slice(0, MAX_OFFERED)
            .map(({ ref, description }) => ({ ref, description: description ?? null }))
        },
        actionParameters: async (ref) => {
          const { items } = await cache.fetchQuery(actionList())
          if (!items.some((action) => action.ref === ref)) return null
          return parameterHints((await cache.fetchQuery(actionOverview(ref))).parameters)
        },
      }),
    [cache],
  )
}
