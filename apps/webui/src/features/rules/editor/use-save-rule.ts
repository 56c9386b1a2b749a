import { ApiError } from '@st2/client'
import type { RuleRequest, RuleView } from '@st2/model'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api } from '../../../api/client.ts'
import { ruleKeys, triggerKeys } from '../../../api/event-keys.ts'
import { toast } from '../../../ui/Toasts.tsx'
import { type ServerFault, serverFault } from './server-fault.ts'

/** Somebody stored the rule while it was edited here. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile'
}

interface SaveOptions {
  /** As it was when the form opened; null: a new one. */
  readonly stored: RuleView | null
  readonly request: RuleRequest
  readonly onSaved: (rule: RuleView) => void
  readonly onRefused: (fault: ServerFault) => void
}

/** `careful` stores nothing over what somebody else stored meanwhile. */
export function useSaveRule({ stored, request, onSaved, onRefused }: SaveOptions) {
  const cache = useQueryClient()
  const isStored = useRef(false)
  const save = useMutation({
    mutationFn: async (mode: 'careful' | 'over') => {
      if (stored === null) return api().rules.create(request)
      const now = await api().rules.get(stored.id)
      if (mode === 'careful' && JSON.stringify(now) !== JSON.stringify(stored)) throw new ChangedMeanwhile()
      return api().rules.update(stored.id, request)
    },
    onSuccess: async (rule) => {
      isStored.current = true
      toast('ok', stored === null ? `The rule ${rule.ref} was created.` : `The rule ${rule.ref} was saved.`)
      await Promise.all([
        cache.invalidateQueries({ queryKey: ruleKeys.all }),
        cache.invalidateQueries({ queryKey: triggerKeys.triggers }),
      ])
      onSaved(rule)
    },
    onError: (error) => {
      if (error instanceof ChangedMeanwhile || (error instanceof ApiError && error.status === 401)) return
      onRefused(serverFault(error, request))
    },
  })
  return { save, isStored: () => isStored.current }
}
