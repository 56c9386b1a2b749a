import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { problemOf } from '../../../api/problem.ts'
import { paths } from '../../../paths.ts'
import { useGo } from '../../../shell/AppLink.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { Notice } from '../../../ui/Feedback.tsx'
import { toast } from '../../../ui/Toasts.tsx'
import { useDesigner, useSaving } from '../state/designer-context.ts'
import { dropDraft } from './draft-store.ts'

export function DeleteDialog({ onClose }: { readonly onClose: () => void }) {
  const { leave } = useDesigner()
  const cache = useQueryClient()
  const go = useGo()
  const ref = useSaving((saving) => saving.stored?.action.ref ?? '')
  const [withFiles, setWithFiles] = useState(true)
  const removal = useMutation({
    mutationFn: () => api().actions.remove(ref, { remove_files: withFiles }),
    onSuccess: async () => {
      dropDraft(ref, null)
      await cache.invalidateQueries({ queryKey: ['actions'] })
      toast('ok', `${ref} deleted.`)
      leave(() => go(paths.actions()))
    },
  })
  return (
    <ConfirmDialog
      icon="trash"
      isBusy={removal.isPending}
      label="Delete"
      onClose={onClose}
      onConfirm={() => removal.mutate()}
      testId="delete_submit"
      title={`Delete ${ref}?`}
    >
      {removal.isError && <Notice tone="bad">{problemOf(removal.error).text}</Notice>}
      <p>Rules and workflows that run it will fail. What it ran stays in the history.</p>
      <label className="check">
        <input checked={withFiles} onChange={(event) => setWithFiles(event.target.checked)} type="checkbox" />
        Delete its files as well
      </label>
    </ConfirmDialog>
  )
}
