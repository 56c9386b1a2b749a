import './run.css'
import type { Inquiry } from '@st2/model'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import { api } from '../../../api/client.ts'
import { executionKeys } from '../../../api/execution-keys.ts'
import { problemOf } from '../../../api/problem.ts'
import { useSession } from '../../../api/session.ts'
import { inquiryDetails } from '../../../api/workflow-runs.ts'
import { ProblemNotice } from '../../../shell/ErrorPages.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Notice, Skeleton } from '../../../ui/Feedback.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { toast } from '../../../ui/Toasts.tsx'
import { AutoForm } from '../../../widgets/auto-form/AutoForm.tsx'
import { useParameterForm } from '../../../widgets/auto-form/use-parameter-form.ts'
import { inquiryForm, shortReason, ttlText } from '../../../widgets/run/inquiry-schemas.ts'
import { focusAfterAnswer } from './after-answer.ts'

interface InquiryCardProps {
  readonly id: string
  readonly task: string | null
}

/** A question that a run waits for, answered where it is seen. */
export function InquiryCard({ id, task }: InquiryCardProps) {
  const inquiry = useQuery(inquiryDetails(id))
  return (
    <section aria-label="Waits for an answer" className="card inquiry" data-inquiry={id} data-test="inquiry">
      <div className="card-head">
        <Icon className="inquiry-icon" name="hourglass" size={15} />
        <h3 className="grow">{task === null ? 'It waits for an answer' : `${task} waits for an answer`}</h3>
      </div>
      <div className="card-body stack">
        {inquiry.isPending && <Skeleton widths={[30, 80]} />}
        {inquiry.isError && inquiry.data === undefined && (
          <ProblemNotice error={inquiry.error} retry={() => void inquiry.refetch()} />
        )}
        {inquiry.data !== undefined && <AnswerForm inquiry={inquiry.data} />}
      </div>
    </section>
  )
}

const NOTHING = {}
const ANSWER = { asks: 'answer' } as const

function AnswerForm({ inquiry }: { readonly inquiry: Inquiry }) {
  const { schemas, answerOf } = useMemo(() => inquiryForm(inquiry.schema), [inquiry.schema])
  const form = useParameterForm(schemas, NOTHING, ANSWER)
  const [tried, setTried] = useState(false)
  const cache = useQueryClient()
  const user = useSession((state) => state.token?.user ?? '')
  const refusal = refusalOf(inquiry, user)
  const respond = useMutation({
    mutationFn: () => api().inquiries.respond(inquiry.id, answerOf(form.result.values)),
    onSuccess: async () => {
      toast('ok', 'The answer was given; the run goes on.')
      await cache.invalidateQueries({ queryKey: executionKeys.all })
      focusAfterAnswer(inquiry.id)
    },
  })
  const errors = Object.keys(form.result.errors)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (errors.length === 0 && refusal === undefined && !respond.isPending) respond.mutate()
  }
  return (
    <form className="stack" onSubmit={submit}>
      {respond.isError && problemOf(respond.error).kind !== 'unauthorized' && (
        <Notice tone="bad">
          <strong>{problemOf(respond.error).title}.</strong> {shortReason(problemOf(respond.error).text)}
        </Notice>
      )}
      <AutoForm
        entries={form.entries}
        errors={tried ? form.result.errors : NOTHING}
        fields={form.fields}
        onChange={form.change}
      />
      <div className="row wrap">
        <Button
          busy={respond.isPending}
          data-test="inquiry_submit"
          disabledReason={refusal}
          icon="check"
          look="primary"
          type="submit"
        >
          Answer
        </Button>
        <span className="muted">{termsOf(inquiry)}</span>
      </div>
    </form>
  )
}

/** Roles are for the server to judge: the page does not know everybody's. */
function refusalOf({ users }: Inquiry, user: string): string | undefined {
  const names = namesIn(users)
  return names.length === 0 || names.includes(user) ? undefined : `Only ${names.join(', ')} may answer.`
}

function termsOf({ users, roles, ttl }: Inquiry): string {
  const people = [...namesIn(users), ...namesIn(roles).map((role) => `members of ${role}`)]
  const minutes = typeof ttl === 'number' && ttl > 0 ? ` It gives up after ${ttlText(ttl)} without an answer.` : ''
  return `${people.length === 0 ? 'Everybody may answer.' : `May answer: ${people.join(', ')}.`}${minutes}`
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
