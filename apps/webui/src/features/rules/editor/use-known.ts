import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { actionList, actionMetadata, actionOverview } from '../../../api/actions.ts'
import { packList } from '../../../api/packs.ts'
import { triggerTypeList } from '../../../api/triggers.ts'
import { eventFields, parameterSchemasOf } from '../../../widgets/rules/event-schema.ts'
import type { RuleDraft } from './rule-draft.ts'

/** What the server knows about the chosen trigger type and action. */
export function useKnown(draft: RuleDraft) {
  const types = useQuery(triggerTypeList()).data
  const actions = useQuery(actionList()).data?.items
  const packs = useQuery(packList()).data?.items
  const triggerType = types?.find(({ ref }) => ref === draft.trigger.ref)
  const isActionKnown = actions?.some(({ ref }) => ref === draft.action.ref) ?? false
  const overview = useQuery({ ...actionOverview(draft.action.ref), enabled: isActionKnown }).data
  const metadata = useQuery({ ...actionMetadata(draft.action.ref), enabled: isActionKnown }).data
  const schemas = useMemo(
    () => ({
      trigger: triggerType === undefined ? null : parameterSchemasOf(triggerType.parameters_schema),
      action: isActionKnown ? (overview?.parameters ?? null) : null,
    }),
    [triggerType, overview, isActionKnown],
  )
  const fields = useMemo(() => eventFields(triggerType?.payload_schema ?? {}), [triggerType])
  const own = useMemo(() => metadata && new Set(Object.keys(metadata.parameters)), [metadata])
  return {
    types,
    actions,
    packs,
    schemas,
    fields,
    ownParameters: own,
    triggerAbout: triggerType?.description,
    actionAbout: overview?.description,
    payloadSchema: triggerType?.payload_schema,
    isTriggerKnown: triggerType !== undefined,
    isActionKnown,
  }
}

export type Known = ReturnType<typeof useKnown>
