import { MASK, type RuleView } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { triggerTypeOf } from '../../api/rule-filters.ts'
import { triggerTypeList } from '../../api/triggers.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { CriteriaList } from '../../widgets/rules/CriteriaList.tsx'
import { describeTrigger } from '../../widgets/rules/describe-trigger.ts'
import { ValueText } from '../../widgets/rules/ValueText.tsx'
import { WebhookAddress } from '../../widgets/rules/WebhookAddress.tsx'
import { TryPanel } from './TryPanel.tsx'

/** What the rule says, in words, and a place to try it. */
export function RuleGeneral({ rule }: { readonly rule: RuleView }) {
  const { trigger, criteria, action } = rule
  const type = triggerTypeOf(rule)
  const triggerType = useQuery(triggerTypeList()).data?.find(({ ref }) => ref === type)
  const words = typeof trigger === 'string' ? null : describeTrigger(trigger.type, trigger.parameters)
  return (
    <>
      {words === null && (
        <Notice tone="bad">
          <strong>Its trigger is gone.</strong> {type} does not exist any more; the rule cannot fire. Edit it and choose
          another one.
        </Notice>
      )}
      <div className="if-then">
        <section aria-label="When" className="if-then-part" data-test="condition_if">
          <span className="if-then-word">{words?.kind === 'timer' ? 'Runs' : 'When'}</span>
          <p className="if-then-what">{words?.text ?? 'nothing'}</p>
          <AppLink to={paths.trigger(type)}>{type}</AppLink>
          {typeof trigger !== 'string' && trigger.description && <p className="muted">{trigger.description}</p>}
        </section>
        <Icon name="arrow" size={18} />
        <section aria-label="Then" className="if-then-part" data-test="condition_then">
          <span className="if-then-word">Then run</span>
          <p className="if-then-what">
            <AppLink to={paths.action(action.ref)}>{action.ref}</AppLink>
          </p>
          {action.description && <p className="muted">{action.description}</p>}
          {rule.type.ref === 'backstop' && <p className="muted">only when no other rule matches (backstop)</p>}
        </section>
      </div>
      {words?.kind === 'webhook' && typeof trigger !== 'string' && <WebhookAddress url={trigger.parameters['url']} />}
      <section aria-label="Criteria" className="card">
        <div className="card-head">
          <h3>Criteria</h3>
          <span className="muted">{Object.keys(criteria).length > 1 ? 'all of them must hold' : ''}</span>
        </div>
        {Object.keys(criteria).length === 0 ? (
          <p className="card-body muted">None: every event of its trigger matches.</p>
        ) : (
          <CriteriaList criteria={criteria} />
        )}
      </section>
      <Parameters parameters={action.parameters} />
      <TryPanel
        key={rule.id}
        payloadSchema={triggerType?.payload_schema}
        test={(event) => api().rules.test(rule.ref, event)}
        trigger={typeof trigger === 'string' ? {} : { trigger: trigger.ref }}
      />
      <About rule={rule} />
    </>
  )
}

function Parameters({ parameters }: { readonly parameters: RuleView['action']['parameters'] }) {
  const entries = Object.entries(parameters)
  return (
    <section aria-label="Parameters of the action" className="card">
      <div className="card-head">
        <h3>Parameters of the action</h3>
      </div>
      <dl className="facts card-body">
        {entries.length === 0 && <dd className="muted">None are given; its defaults are used.</dd>}
        {entries.map(([name, value]) => (
          <ParameterLine key={name} name={name} value={value} />
        ))}
      </dl>
    </section>
  )
}

function ParameterLine({ name, value }: { readonly name: string; readonly value: unknown }) {
  return (
    <>
      <dt className="mono">{name}</dt>
      <dd>{value === MASK ? <span className="tag">secret, not shown</span> : <ValueText value={value} />}</dd>
    </>
  )
}

function About({ rule }: { readonly rule: RuleView }) {
  const user = rule.context['user']
  return (
    <dl className="facts">
      <dt>Pack</dt>
      <dd>{rule.pack}</dd>
      {typeof user === 'string' && (
        <>
          <dt>Last written by</dt>
          <dd>{user}</dd>
        </>
      )}
      {rule.metadata_file !== '' && (
        <>
          <dt>File</dt>
          <dd className="mono">{rule.metadata_file}</dd>
        </>
      )}
      {rule.tags.length > 0 && (
        <>
          <dt>Tags</dt>
          <dd className="row wrap">
            {rule.tags.map(({ name = '', value = '' }) => (
              <span className="tag" key={`${name}=${value}`}>
                {value === '' ? name : `${name}: ${value}`}
              </span>
            ))}
          </dd>
        </>
      )}
    </dl>
  )
}
