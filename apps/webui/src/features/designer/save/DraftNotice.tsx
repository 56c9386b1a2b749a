import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Notice } from '../../../ui/Feedback.tsx'
import { TimeStamp } from '../../../ui/TimeStamp.tsx'
import { useDesigner, useSaving } from '../state/designer-context.ts'
import { type Draft, dropDraft } from './draft-store.ts'
import { draftRefOf } from './keep-work.ts'
import { TextsDiff } from './TextsDiff.tsx'

interface DraftNoticeProps {
  readonly draft: Draft
  readonly onClose: () => void
}

/** Work that was left behind, offered when the workflow is opened. */
export function DraftNotice({ draft, onClose }: DraftNoticeProps) {
  const { editor, saving } = useDesigner()
  const [isCompared, setCompared] = useState(false)
  const revision = useSaving((state) => state.stored?.revision ?? null)
  const isOutdated = draft.revision !== null && revision !== null && draft.revision !== revision
  const restore = () => {
    editor.replaceTexts(draft.texts)
    // What it was made from counts: saving it over something newer is a conflict.
    const { stored } = saving.getState()
    if (stored !== null) saving.setState({ stored: { ...stored, revision: draft.revision } })
    onClose()
  }
  const discard = () => {
    dropDraft(draftRefOf({ saving }), null)
    onClose()
  }
  const buttons = (
    <>
      <Button data-test="draft_discard" onClick={discard} size="s">
        Discard it
      </Button>
      <Button data-test="draft_restore" look="primary" onClick={restore} size="s">
        Go on with it
      </Button>
    </>
  )
  return (
    <div className="designer-notice" data-test="draft_notice">
      <Notice
        action={
          <div className="row wrap">
            <Button onClick={() => setCompared(true)} size="s">
              What differs
            </Button>
            {buttons}
          </div>
        }
        tone="run"
      >
        <strong>There is work of yours that was not saved</strong>, from{' '}
        <TimeStamp form="instant" iso={new Date(draft.at).toISOString()} />.
        {isOutdated && ' The workflow was changed on the server since.'}
      </Notice>
      {isCompared && (
        <Dialog foot={buttons} onClose={() => setCompared(false)} title="What was not saved" width={1100}>
          <TextsDiff
            after={draft.texts}
            afterLabel="Your draft"
            before={{ workflow: editor.state.workflow.text, metadata: editor.state.metadata.text }}
            beforeLabel="On the server"
          />
        </Dialog>
      )}
    </div>
  )
}
