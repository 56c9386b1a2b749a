import { useEffect, useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Combobox } from '../../../ui/Combobox.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Notice } from '../../../ui/Feedback.tsx'
import { Field } from '../../../ui/Field.tsx'
import { useDesigner, useDesignerState, useSaving } from '../state/designer-context.ts'
import { usePacks } from '../details/use-packs.ts'
import { nameWorkflow } from './name-workflow.ts'
import { saveBody } from './save-body.ts'
import { SaveFailureNotice } from './SaveFailureNotice.tsx'
import { TextsDiff } from './TextsDiff.tsx'
import { useSave } from './use-save.ts'

interface SaveDialogProps {
  /** `new`: under a name that is chosen here. */
  readonly mode: 'same' | 'new'
  readonly onClose: () => void
}

/** What is about to be saved, before it is. */
export function SaveDialog({ mode, onClose }: SaveDialogProps) {
  const { editor, saving } = useDesigner()
  const save = useSave()
  const state = useDesignerState()
  const packs = usePacks()
  const isBusy = useSaving((saving) => saving.isBusy)
  const stored = useSaving((saving) => saving.stored)
  const { model } = state.metadata
  const [name, setName] = useState(mode === 'new' && stored !== null ? `${model.name ?? ''}_copy` : (model.name ?? ''))
  const [pack, setPack] = useState(model.pack ?? 'default')
  const [tried, setTried] = useState(false)
  const isNew = mode === 'new' || stored === null
  const named = isNew ? nameWorkflow(state.metadata.text, { name, pack }) : state.metadata.text
  const body = saveBody({ workflow: state.workflow.text, metadata: named }, null)
  const wrong = body.kind === 'wrong' ? body : null
  const submit = async () => {
    setTried(true)
    if (wrong !== null) return
    if (isNew) editor.replaceTexts({ metadata: named })
    if ((await save({ kind: isNew ? 'new' : 'careful' })) !== null) onClose()
  }
  // Why it was refused is about what was asked for, and is nowhere else to be seen.
  const forgetRefusal = () => {
    if (saving.getState().failure?.kind === 'refused') saving.setState({ failure: null })
  }
  useEffect(() => forgetRefusal, [])
  const fault = !state.workflow.isCurrent
    ? state.workflow.fault
    : !state.metadata.isCurrent
      ? state.metadata.fault
      : null
  return (
    <Dialog
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            busy={isBusy}
            data-autofocus={isNew ? undefined : ''}
            data-test="save_submit"
            icon="check"
            look="primary"
            onClick={() => void submit()}
          >
            {isNew || fault === null ? 'Save' : 'Save it with its mistake'}
          </Button>
        </>
      }
      onClose={onClose}
      testId="save_dialog"
      title={stored === null ? 'Save the new workflow' : `Save ${stored.action.ref}${isNew ? ' as …' : ''}`}
      width={stored === null ? 560 : 1100}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <SaveFailureNotice />
        {fault !== null && (
          <Notice tone="warn">
            Line {fault.line} cannot be read: {fault.message} It can be saved so, and does not run until it is put
            right.
          </Notice>
        )}
        {isNew && (
          <div className="designer-names">
            <Field error={tried && wrong?.field === 'name' ? wrong.reason : undefined} label="Name" required>
              {(control) => (
                <input
                  {...control}
                  className="input mono"
                  data-autofocus=""
                  data-test="save_name"
                  onChange={(event) => {
                    forgetRefusal()
                    setName(event.target.value)
                  }}
                  placeholder="deploy_release"
                  spellCheck={false}
                  value={name}
                />
              )}
            </Field>
            <Field error={tried && wrong?.field === 'pack' ? wrong.reason : undefined} label="Pack" required>
              {(control) => (
                <Combobox
                  control={control}
                  label="Packs"
                  onChange={(next) => {
                    forgetRefusal()
                    setPack(next)
                  }}
                  options={packs}
                  testId="save_pack"
                  value={pack}
                />
              )}
            </Field>
            {/* Enter in a field saves. */}
            <button className="sr-only" tabIndex={-1} type="submit">
              Save
            </button>
          </div>
        )}
        {tried && wrong !== null && wrong.field !== 'name' && wrong.field !== 'pack' && (
          <Notice tone="bad">{wrong.reason}</Notice>
        )}
        {stored !== null && (
          <TextsDiff
            after={{ workflow: state.workflow.text, metadata: named }}
            afterLabel="Yours"
            before={state.saved}
            beforeLabel="As it was loaded"
          />
        )}
      </form>
    </Dialog>
  )
}
