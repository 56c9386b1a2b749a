import { messageOf } from '../../api/problem.ts'
import { useSetRuleEnabled } from '../../api/rules.ts'
import { Switch } from '../../ui/Switch.tsx'
import { toast } from '../../ui/Toasts.tsx'

interface RuleSwitchProps {
  readonly ruleRef: string
  readonly enabled: boolean
}

export function RuleSwitch({ ruleRef, enabled }: RuleSwitchProps) {
  const set = useSetRuleEnabled()
  const flip = (on: boolean) =>
    set.mutate(
      { ref: ruleRef, enabled: on },
      { onError: (error) => toast('bad', `${ruleRef} was not ${on ? 'enabled' : 'disabled'}: ${messageOf(error)}`) },
    )
  return (
    <Switch
      busy={set.isPending}
      label={`${ruleRef} is ${enabled ? 'enabled' : 'disabled'}`}
      on={set.isPending ? set.variables.enabled : enabled}
      onChange={flip}
      testId={`switch:${ruleRef}`}
    />
  )
}
