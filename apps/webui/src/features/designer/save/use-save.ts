import { ApiError, UnreachableError } from '@st2/client'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../../api/client.ts'
import { problemOf } from '../../../api/problem.ts'
import { paths } from '../../../paths.ts'
import { useGo } from '../../../shell/AppLink.tsx'
import { type Designer, useDesigner } from '../state/designer-context.ts'
import { tellUntilChange } from '../state/tell-until-change.ts'
import { dropDraft, TAB } from './draft-store.ts'
import { draftRefOf, keepWork } from './keep-work.ts'
import { saveBody, type SavedAs } from './save-body.ts'
import type { SaveFailure } from './saving.ts'

/** `careful`: not over what somebody else saved meanwhile; `over`: over a revision that was looked at; `new`: as another action. */
export type SaveMode =
  | { readonly kind: 'careful' | 'new' }
  | { readonly kind: 'over'; readonly revision: string | null }

/** Saves what is there now. @returns the reference under which it is stored; null when it is not */
export function useSave(): (mode?: SaveMode) => Promise<string | null> {
  const designer = useDesigner()
  const cache = useQueryClient()
  const go = useGo()
  return async (mode = { kind: 'careful' }) => {
    const { editor, saving, leave } = designer
    const { stored, isBusy } = saving.getState()
    if (isBusy) return null
    const isNew = stored === null || mode.kind === 'new'
    const texts = { workflow: editor.state.workflow.text, metadata: editor.state.metadata.text }
    const ready = saveBody(texts, isNew ? null : stored.action.metadata_file)
    if (ready.kind === 'wrong') {
      saving.setState({ failure: { kind: 'refused', text: ready.reason } })
      return null
    }
    if (!isNew && ready.ref !== stored.action.ref) {
      saving.setState({ failure: { kind: 'refused', text: renamed(ready.ref, stored.action.ref) } })
      return null
    }
    saving.setState({ isBusy: true, failure: null })
    try {
      const kept = isNew ? await api().actions.make(ready.body) : await save(designer, ready, mode)
      // Under the name that it had until now.
      dropDraft(draftRefOf(designer), TAB)
      saving.setState({ stored: kept, isBusy: false })
      // What was typed while it was on its way is not saved yet.
      editor.markSaved(texts)
      keepWork(designer)
      void cache.invalidateQueries({ queryKey: ['actions'] })
      tellUntilChange(editor, 'ok', `${kept.action.ref} saved.`)
      if (isNew) leave(() => go(paths.designer(kept.action.ref), 'replace'))
      return kept.action.ref
    } catch (error) {
      const failure = failureOf(error, ready.ref)
      keepWork(designer)
      // What is asked then takes the place of what was asked before.
      if (failure.kind === 'conflict') designer.view.setState({ dialog: null })
      saving.setState({ isBusy: false, failure })
      return null
    }
  }
}

async function save({ saving }: Designer, { body }: SavedAs, mode: SaveMode) {
  const { stored } = saving.getState()
  if (stored === null) throw new TypeError('there is nothing to save over')
  const revision = mode.kind === 'over' ? mode.revision : stored.revision
  return api().actions.save(stored.action.ref, body, { revision })
}

function renamed(next: string, before: string): string {
  return `The metadata says ${next}, and this is ${before}. “Save as” makes another action of it.`
}

function failureOf(error: unknown, ref: string): SaveFailure {
  if (error instanceof UnreachableError) return { kind: 'unreachable' }
  if (error instanceof ApiError && error.status === 412) return { kind: 'conflict', changed: error.changed }
  if (error instanceof ApiError && error.status === 404)
    return { kind: 'refused', text: `${error.message} Somebody deleted it. “Save as” stores it again.` }
  if (error instanceof ApiError && error.status === 409)
    return { kind: 'refused', text: `There is an action ${ref} already. Choose another name, or another pack.` }
  const { title, text } = problemOf(error)
  return { kind: 'refused', text: `${title}. ${text}` }
}
