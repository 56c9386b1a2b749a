import { DesignerEditor, diffLines } from '@st2/designer'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { useDesigner, useDesignerState, useExecute } from '../state/designer-context.ts'
import { showTask } from '../state/show-task.ts'

interface RenameDialogProps {
  readonly kind: 'task' | 'variable'
  readonly name: string
  readonly onClose: () => void
}

/** Lines that are shown of what will change. */
const MAX_LINES = 60

/** Another name, and every place that changes with it. */
export function RenameDialog({ kind, name, onClose }: RenameDialogProps) {
  const designer = useDesigner()
  const execute = useExecute()
  const state = useDesignerState()
  const [next, setNext] = useState(name)
  const to = next.trim()
  const verb = kind === 'task' ? 'rename-task' : 'rename-variable'
  const outcome =
    to === name
      ? null
      : tryOut({ workflow: state.workflow.text, metadata: state.metadata.text }, { verb, from: name, to })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (outcome === null) return onClose()
    if (outcome.reason !== null) return
    onClose()
    if (execute({ verb, from: name, to }).allowed && kind === 'task') showTask(designer, to)
  }
  return (
    <Dialog
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button data-test="rename_submit" form="designer-rename" icon="check" look="primary" type="submit">
            Rename
          </Button>
        </>
      }
      onClose={onClose}
      testId="rename_dialog"
      title={`Rename ${name}`}
      width={620}
    >
      <form className="stack" id="designer-rename" onSubmit={submit}>
        <Field
          error={outcome?.reason ?? undefined}
          label={kind === 'task' ? 'Name of the task' : 'Name of the variable'}
        >
          {(control) => (
            <input
              {...control}
              className="input mono"
              data-autofocus=""
              data-test="rename_name"
              onChange={(event) => setNext(event.target.value)}
              onFocus={(event) => event.target.select()}
              spellCheck={false}
              value={next}
            />
          )}
        </Field>
        {outcome !== null && outcome.reason === null && (
          <section aria-label="What will change" className="stack" data-test="rename_changes">
            <h3>
              {outcome.lines.length === 1 ? '1 line changes' : `${outcome.lines.length} lines change`}; plain text stays
              as it is
            </h3>
            <div className="rename-lines mono">
              {outcome.lines.slice(0, MAX_LINES).map(({ file, line, text }) => (
                <div className="rename-line" key={`${file} ${line}`}>
                  <span className="muted">
                    {file} {line}
                  </span>
                  <span className="truncate">{text.trim()}</span>
                </div>
              ))}
              {outcome.lines.length > MAX_LINES && <p className="muted">{outcome.lines.length - MAX_LINES} more</p>}
            </div>
            {outcome.notes.map((note) => (
              <p className="muted" key={note}>
                {note}
              </p>
            ))}
          </section>
        )}
      </form>
    </Dialog>
  )
}

interface Change {
  readonly file: string
  readonly line: number
  readonly text: string
}

interface Trial {
  readonly reason: string | null
  readonly lines: readonly Change[]
  readonly notes: readonly string[]
}

type Rename = { readonly verb: 'rename-task' | 'rename-variable'; readonly from: string; readonly to: string }

/** Does it to a copy. */
function tryOut(texts: { workflow: string; metadata: string }, rename: Rename): Trial {
  const copy = new DesignerEditor(texts)
  const outcome = copy.execute(rename)
  if (!outcome.allowed) return { reason: outcome.reason, lines: [], notes: [] }
  const lines = (['workflow', 'metadata'] as const).flatMap((file) =>
    diffLines(texts[file], copy.state[file].text).flatMap(({ kind, text, newLine }) =>
      kind === 'added' ? [{ file, line: newLine ?? 0, text }] : [],
    ),
  )
  return { reason: null, lines, notes: outcome.notes }
}
