import { useQuery } from '@tanstack/react-query'
import { ProblemNotice } from '../../../shell/ErrorPages.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Notice, Skeleton } from '../../../ui/Feedback.tsx'
import { loadWorkflow } from '../load-workflow.ts'
import { useDesigner, useDesignerState, useSaving } from '../state/designer-context.ts'
import { tellUntilChange } from '../state/tell-until-change.ts'
import { TextsDiff } from './TextsDiff.tsx'
import { useSave } from './use-save.ts'

const PARTS: Readonly<Record<string, string>> = {
  definition: 'what is registered of it',
  metadata_file: 'its metadata file',
  entry_point: 'its workflow file',
}

/** Somebody else saved in between: both are shown, and the one who is here decides. Neither is lost. */
export function ConflictDialog({ changed }: { readonly changed: readonly string[] }) {
  const { editor, saving } = useDesigner()
  const state = useDesignerState()
  const save = useSave()
  const isBusy = useSaving((current) => current.isBusy)
  const ref = saving.getState().stored?.action.ref ?? ''
  const theirs = useQuery({
    queryKey: ['designer', 'conflict', ref],
    queryFn: ({ signal }) => loadWorkflow(ref, signal),
    gcTime: 0,
    staleTime: 0,
  })
  const close = () => saving.setState({ failure: null })
  const take = () => {
    if (theirs.data === undefined) return
    const { action, revision, texts } = theirs.data
    // As one can take back: what was mine is one undo away.
    editor.replaceTexts(texts)
    editor.markSaved()
    saving.setState({ stored: { action, revision }, failure: null })
    tellUntilChange(editor, 'ok', 'This is what is on the server. Undo brings back yours.')
  }
  return (
    <Dialog
      foot={
        <>
          <Button data-autofocus="" data-test="conflict_stay" onClick={close}>
            Go on editing
          </Button>
          <Button data-test="conflict_take" disabledReason={reasonOf(theirs.data)} onClick={take}>
            Take theirs
          </Button>
          <Button
            busy={isBusy}
            data-test="conflict_overwrite"
            disabledReason={reasonOf(theirs.data)}
            look="danger"
            onClick={() => void save({ kind: 'over', revision: theirs.data?.revision ?? null })}
          >
            Save over it
          </Button>
        </>
      }
      onClose={close}
      testId="conflict_dialog"
      title="Somebody else saved this workflow meanwhile"
      width={1100}
    >
      <div className="stack">
        <Notice tone="warn">
          Since you opened {ref}, there was changed:{' '}
          {changed.map((part) => PARTS[part] ?? part).join(', ') || 'the action'}. Nothing of yours was saved, and
          nothing is lost.
        </Notice>
        {theirs.isError && <ProblemNotice error={theirs.error} retry={() => void theirs.refetch()} />}
        {theirs.isPending && <Skeleton widths={[60, 90, 75]} />}
        {theirs.data && (
          <TextsDiff
            after={{ workflow: state.workflow.text, metadata: state.metadata.text }}
            afterLabel="Yours"
            before={theirs.data.texts}
            beforeLabel="On the server now"
          />
        )}
      </div>
    </Dialog>
  )
}

function reasonOf(loaded: unknown): string | undefined {
  return loaded === undefined ? 'What is on the server now is still being loaded.' : undefined
}
