import { useQuery } from '@tanstack/react-query'
import { triggerList } from '../../api/triggers.ts'
import { describeTrigger } from '../../widgets/rules/describe-trigger.ts'

/** A trigger in a few words; undefined while it is not known, or gone. */
export function useTriggerName(ref: string): string | undefined {
  const trigger = useQuery(triggerList()).data?.get(ref)
  return trigger && describeTrigger(trigger.type, trigger.parameters).name
}
