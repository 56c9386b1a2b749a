import { DesignerEditor, type DesignerTexts } from '@st2/designer'
import { ReactFlowProvider } from '@xyflow/react'
import { useEffect, useRef, useState } from 'react'
import { LeaveGuard } from '../../shell/LeaveGuard.tsx'
import { useMedia } from '../../ui/use-media.ts'
import { DesignerDialogs } from './DesignerDialogs.tsx'
import { DesignerPanes } from './DesignerPanes.tsx'
import { PlayedProvider } from './run/PlayedProvider.tsx'
import { DraftNotice } from './save/DraftNotice.tsx'
import { loadDraft } from './save/draft-store.ts'
import { createSaving, type Saving } from './save/saving.ts'
import { useDraft } from './save/use-draft.ts'
import { type Designer, DesignerContext } from './state/designer-context.ts'
import { ProblemsProvider } from './state/ProblemsProvider.tsx'
import { createViewStore } from './state/view-store.ts'
import { WIDE } from './state/width.ts'

interface DesignerScreenProps {
  readonly texts: DesignerTexts
  readonly stored: Saving['stored']
  readonly onStored: (ref: string) => void
}

/** One workflow while somebody works on it. */
export function DesignerScreen({ texts, stored, onStored }: DesignerScreenProps) {
  const isWide = useMedia(WIDE)
  const isLeaving = useRef(false)
  const [designer] = useState((): Designer => {
    const saving = createSaving(stored)
    return {
      editor: new DesignerEditor(texts),
      view: createViewStore({ isPaletteOpen: isWide, isDetailsOpen: isWide }),
      saving,
      drawn: { current: null },
      leave: (go) => {
        isLeaving.current = true
        go()
        isLeaving.current = false
      },
    }
  })
  // What was left behind as it was when this was opened; later drafts are this screen's own.
  const [draft, setDraft] = useState(() => draftWorthOffering(stored?.action.ref ?? null, texts))
  useDraft(designer)
  useEffect(() => {
    // It is to be here when the connection is lost at the save.
    import('../../widgets/code-editor/LoadedDiff.tsx').catch(() => null)
  }, [])
  useEffect(
    () =>
      designer.saving.subscribe((now, before) => {
        if (now.stored !== null && now.stored.action.ref !== before.stored?.action.ref) onStored(now.stored.action.ref)
      }),
    [designer, onStored],
  )
  return (
    <DesignerContext value={designer}>
      <ProblemsProvider>
        <PlayedProvider>
          <ReactFlowProvider>
            <DesignerPanes>{draft && <DraftNotice draft={draft} onClose={() => setDraft(null)} />}</DesignerPanes>
          </ReactFlowProvider>
          <DesignerDialogs />
          <LeaveGuard isNeeded={() => designer.editor.state.isDirty && !isLeaving.current}>
            This workflow is not saved. A draft of it stays in this browser, and is offered when you open it again.
          </LeaveGuard>
        </PlayedProvider>
      </ProblemsProvider>
    </DesignerContext>
  )
}

function draftWorthOffering(ref: string | null, texts: DesignerTexts) {
  const draft = loadDraft(ref)
  if (draft === null) return null
  return draft.texts.workflow === texts.workflow && draft.texts.metadata === texts.metadata ? null : draft
}
