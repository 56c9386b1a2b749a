import { Button } from '../../../ui/Button.tsx'
import { Notice } from '../../../ui/Feedback.tsx'
import { useDesigner, useDesignerState, useSaving } from '../state/designer-context.ts'
import { useSave } from '../save/use-save.ts'
import { SaveFailureNotice } from '../save/SaveFailureNotice.tsx'

/** What stands between this workflow and its being saved or drawn. */
export function FaultNotice() {
  const { view, saving } = useDesigner()
  const { workflow, metadata } = useDesignerState()
  const failure = useSaving((state) => state.failure)
  const isDraftRefused = useSaving((state) => state.isDraftRefused)
  const save = useSave()
  const file = !workflow.isCurrent ? ('workflow' as const) : !metadata.isCurrent ? ('metadata' as const) : null
  const fault = file === null ? null : (file === 'workflow' ? workflow : metadata).fault
  return (
    <>
      {fault !== null && file !== null && (
        <div className="designer-notice" data-test="text_fault">
          <Notice
            action={
              <Button
                onClick={() =>
                  view.setState({
                    panel: 'code',
                    isDetailsOpen: true,
                    codeFile: file,
                    reveal: { from: fault.offset, to: fault.offset, focus: true },
                  })
                }
                size="s"
              >
                Go there
              </Button>
            }
            tone="bad"
          >
            <strong>
              Line {fault.line}, column {fault.column} of the {file === 'workflow' ? 'workflow' : 'metadata'} cannot be
              read.
            </strong>{' '}
            {fault.message} The canvas shows the last state that could; nothing typed is lost.
          </Notice>
        </div>
      )}
      {failure?.kind === 'unreachable' && (
        <div className="designer-notice" data-test="save_unreachable">
          <SaveFailureNotice
            action={
              <div className="row">
                <Button onClick={() => void save()} size="s">
                  Save again
                </Button>
                <Button
                  aria-label="Dismiss"
                  icon="cross"
                  look="plain"
                  onClick={() => saving.setState({ failure: null })}
                  size="s"
                />
              </div>
            }
          />
        </div>
      )}
      {isDraftRefused && (
        <div className="designer-notice">
          <Notice tone="warn">
            This browser has no room for a draft: what is not saved is lost when the tab is closed.
          </Notice>
        </div>
      )}
    </>
  )
}
