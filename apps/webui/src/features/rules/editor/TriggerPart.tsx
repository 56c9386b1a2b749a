import type { RuleRequest } from '@st2/model'
import { Combobox } from '../../../ui/Combobox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { describeTrigger } from '../../../widgets/rules/describe-trigger.ts'
import { WebhookAddress } from '../../../widgets/rules/WebhookAddress.tsx'
import { ChoiceFields } from './ChoiceFields.tsx'
import { choose, type RuleDraft, type RuleErrors } from './rule-draft.ts'
import type { Known } from './use-known.ts'

interface TriggerPartProps {
  readonly draft: RuleDraft
  /** The draft as it would be sent. */
  readonly request: RuleRequest
  readonly known: Known
  readonly errors: RuleErrors
  readonly change: (part: Pick<RuleDraft, 'trigger'>) => void
}

/** When: the trigger type and what it is told. */
export function TriggerPart({ draft, request, known, errors, change }: TriggerPartProps) {
  const { trigger } = draft
  const isUnknown = trigger.ref.trim() !== '' && known.types !== undefined && !known.isTriggerKnown
  const { parameters = {} } = request.trigger
  const { url } = parameters
  const words = describeTrigger(trigger.ref, parameters)
  return (
    <section aria-label="Trigger" className="editor-part">
      <h3>
        <span className="if-then-word">When</span> this happens
      </h3>
      <Field
        error={errors.trigger}
        help={
          isUnknown
            ? 'This server knows no such trigger type yet.'
            : (known.triggerAbout ?? 'A webhook, a timer, or what a sensor of a pack sees.')
        }
        label="Trigger type"
        required
      >
        {(control) => (
          <Combobox
            control={control}
            label="Trigger types"
            onChange={(ref) => change({ trigger: choose(ref) })}
            options={(known.types ?? []).map(({ ref, description }) => ({ value: ref, detail: description }))}
            placeholder="core.st2.webhook"
            testId="rule_create_trigger"
            value={trigger.ref}
          />
        )}
      </Field>
      {known.schemas.trigger !== null && Object.keys(known.schemas.trigger).length > 0 && (
        <div className="trigger-parameters">
          <ChoiceFields
            choice={trigger}
            errors={errors.triggerParameters}
            onChange={(next) => change({ trigger: next })}
            schemas={known.schemas.trigger}
          />
        </div>
      )}
      {known.isTriggerKnown && words.kind === 'timer' && (
        <p className="muted" data-test="trigger_words">
          Runs {words.text}.
        </p>
      )}
      {trigger.ref === 'core.st2.webhook' && typeof url === 'string' && url !== '' && <WebhookAddress url={url} />}
    </section>
  )
}
