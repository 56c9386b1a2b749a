import type { RuleView, TriggerInstanceView } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { enforcementsOfInstance, rulesOfTrigger, ruleVerdict } from '../../api/rules.ts'
import { isUnfinished, triggerList } from '../../api/triggers.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Notice, Skeleton, Spinner } from '../../ui/Feedback.tsx'
import { CriterionWords } from '../../widgets/rules/CriteriaList.tsx'
import { EnforcementRow } from '../../widgets/rules/EnforcementRow.tsx'
import { RuleTestView } from '../../widgets/rules/RuleTestView.tsx'

/** Rules asked at once why they did not match. */
const MAX_ASKED = 20

/** Which rules answered an event, and why the others did not. */
export function RuleVerdicts({ instance }: { readonly instance: TriggerInstanceView }) {
  const enforcements = useQuery(enforcementsOfInstance(instance.id))
  const listeners = useQuery(rulesOfTrigger(instance.trigger))
  const [limit, setLimit] = useState(MAX_ASKED)
  const fired = enforcements.data?.items ?? []
  const silent = (listeners.data ?? []).filter(({ id }) => !fired.some(({ rule }) => rule.id === id))
  const isOpen = isUnfinished(instance)
  return (
    <section aria-label="Rules" className="card" data-test="rule_verdicts">
      <div className="card-head">
        <h3 className="grow">Rules</h3>
        {(enforcements.isPending || listeners.isPending) && <Spinner label="Asking" />}
      </div>
      {enforcements.isError && (
        <div className="card-body">
          <ProblemNotice error={enforcements.error} retry={() => void enforcements.refetch()} />
        </div>
      )}
      {listeners.isError && (
        <div className="card-body">
          <ProblemNotice error={listeners.error} retry={() => void listeners.refetch()} />
        </div>
      )}
      {isOpen && (
        <div className="card-body">
          <Notice tone="run">The rules engine has not finished with it yet.</Notice>
        </div>
      )}
      <ul>
        {fired.map((enforcement) => (
          <li key={enforcement.id}>
            <EnforcementRow enforcement={enforcement} names="rule" />
          </li>
        ))}
        {silent.slice(0, limit).map((rule) => (
          <Silent instanceId={instance.id} isOpen={isOpen} key={rule.id} rule={rule} />
        ))}
      </ul>
      {silent.length > limit && (
        <div className="card-body">
          <Button onClick={() => setLimit(limit + MAX_ASKED)} size="s">
            Ask {Math.min(MAX_ASKED, silent.length - limit)} more of {silent.length - limit}
          </Button>
        </div>
      )}
      {listeners.isSuccess && enforcements.isSuccess && fired.length === 0 && silent.length === 0 && (
        <NobodyListens trigger={instance.trigger} />
      )}
      {silent.length > 0 && (
        <p className="card-body muted verdict-note">Rules that did not fire are judged as they are now.</p>
      )}
    </section>
  )
}

interface SilentProps {
  readonly rule: RuleView
  readonly instanceId: string
  readonly isOpen: boolean
}

function Silent({ rule, instanceId, isOpen }: SilentProps) {
  const verdict = useQuery({ ...ruleVerdict(rule.ref, instanceId), enabled: rule.enabled && !isOpen })
  const [shown, setShown] = useState(false)
  const failing = verdict.data?.criteria.find(({ matched }) => matched !== true)
  return (
    <li>
      <div className="enforcement" data-verdict={rule.ref}>
        {!rule.enabled ? (
          <Badge icon="ban" text="disabled" tone="idle" />
        ) : verdict.data?.matched === true ? (
          <Badge icon="info" text="matches now" tone="run" />
        ) : (
          <Badge icon="dash" text="no match" tone="warn" />
        )}
        <div className="enforcement-line">
          <AppLink to={paths.rule(rule.ref)}>{rule.ref}</AppLink>
          <span className="grow" />
          {verdict.data !== undefined && (
            <Button aria-expanded={shown} look="plain" onClick={() => setShown(!shown)} size="s">
              {shown ? 'Less' : 'Why'}
            </Button>
          )}
        </div>
        <div className="enforcement-why">
          {!rule.enabled && 'Nobody asked it.'}
          {verdict.isPending && rule.enabled && !isOpen && <Skeleton widths={[60]} />}
          {verdict.isError && <ProblemNotice error={verdict.error} retry={() => void verdict.refetch()} />}
          {failing !== undefined && (
            <span data-test="why_not">
              <CriterionWords operator={failing.type ?? ''} path={failing.key ?? ''} pattern={failing.pattern} /> does
              not hold{failing.error === undefined ? '' : `: ${failing.error}`}
            </span>
          )}
          {verdict.data !== undefined && failing === undefined && (
            <span>{verdict.data.matched ? 'It did not fire then, and would now.' : verdict.data.reason}</span>
          )}
        </div>
        {shown && verdict.data !== undefined && (
          <div className="enforcement-body card-body">
            <RuleTestView test={verdict.data} />
          </div>
        )}
      </div>
    </li>
  )
}

function NobodyListens({ trigger }: { readonly trigger: string }) {
  const type = useQuery(triggerList()).data?.get(trigger)?.type
  return (
    <p className="card-body muted">
      No rule listens to this trigger.{' '}
      {type !== undefined && <AppLink to={paths.newRule({ trigger: type })}>Write one</AppLink>}
    </p>
  )
}
