import { useState } from 'react'
import { paths } from '../../../paths.ts'
import { useGo } from '../../../shell/AppLink.tsx'
import { Button } from '../../../ui/Button.tsx'
import { type ExecutionVerb, VERBS } from '../execution-requests.ts'
import { BulkConfirm } from './BulkConfirm.tsx'
import { startJob } from './bulk-job.ts'
import { counted } from './job-words.ts'
import { type Offer, offerOf } from './offer.ts'
import type { Chosen } from './use-chosen.ts'

const ORDER: readonly ExecutionVerb[] = ['cancel', 'pause', 'resume', 'rerun']
/** What cannot be taken back is asked for twice. */
const IS_CONFIRMED: Readonly<Record<ExecutionVerb, boolean>> = {
  cancel: true,
  pause: false,
  resume: false,
  rerun: true,
}

/** A button for each thing that can be asked for, with the number of those that can take it. */
export function ChosenActions({ chosen }: { readonly chosen: Chosen }) {
  const [asked, setAsked] = useState<ExecutionVerb | null>(null)
  const offers = ORDER.map((verb) => ({ verb, offer: offerOf(verb, chosen.executions, chosen.unknownCount) }))
  const inQuestion = offers.find(({ verb }) => verb === asked)?.offer
  const start = (verb: ExecutionVerb, { takers }: Offer) =>
    startJob(
      verb,
      takers.map(({ id, action }) => ({ id, ref: action?.ref ?? '' })),
    )
  return (
    <div className="row wrap bulk-verbs">
      {offers.map(({ verb, offer }) => (
        <Button
          data-test={`bulk_${verb}`}
          disabledReason={offer.reason}
          icon={VERBS[verb].icon}
          key={verb}
          look={VERBS[verb].look}
          onClick={() => (IS_CONFIRMED[verb] ? setAsked(verb) : start(verb, offer))}
          size="s"
        >
          {VERBS[verb].word}
          {offer.takers.length > 0 && ` ${counted(offer.takers.length)}`}
        </Button>
      ))}
      <CompareButton chosen={chosen} />
      {/* Those that could take it may have ended meanwhile. */}
      {asked !== null && inQuestion !== undefined && inQuestion.takers.length > 0 && (
        <BulkConfirm
          offer={inQuestion}
          onClose={() => setAsked(null)}
          onConfirm={() => start(asked, inQuestion)}
          verb={asked}
        />
      )}
    </div>
  )
}

function CompareButton({ chosen: { executions, unknownCount } }: { readonly chosen: Chosen }) {
  const go = useGo()
  const [first, second, ...others] = executions.toSorted((a, b) => a.start_timestamp.localeCompare(b.start_timestamp))
  const isTwo = first !== undefined && second !== undefined && others.length + unknownCount === 0
  return (
    <Button
      data-test="bulk_compare"
      disabledReason={isTwo ? undefined : 'Two executions can be compared: choose exactly two.'}
      icon="compare"
      // The later one against what was before.
      onClick={() => isTwo && go(paths.compare(second.id, first.id))}
      size="s"
    >
      Compare
    </Button>
  )
}
