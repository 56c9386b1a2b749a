import { useId, useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { Notice } from '../../../ui/Feedback.tsx'
import { readText } from './rule-text.ts'

interface YamlPaneProps {
  /** The rule in the form, as text. */
  readonly text: string
  /** Takes what the text means. @returns what is wrong with it */
  readonly onRewrite: (value: unknown) => string | null
}

/** The same rule as text: what is typed here stands in the form at once, and the other way round. */
export function YamlPane({ text, onRewrite }: YamlPaneProps) {
  const id = useId()
  // What somebody types is theirs until they leave it; then it takes the shape that the form gives it.
  const [typed, setTyped] = useState<string | null>(null)
  const [reason, setReason] = useState<string | null>(null)
  const write = (next: string) => {
    setTyped(next)
    const read = readText(next)
    setReason(read.kind === 'wrong' ? read.reason : onRewrite(read.value))
  }
  const leave = () => {
    if (reason === null) setTyped(null)
  }
  return (
    <section aria-label="Rule as YAML" className="yaml-pane">
      <div className="row">
        <label className="field-label grow" htmlFor={id}>
          Rule as YAML
        </label>
        <CopyButton label="the rule as YAML" text={() => typed ?? text} what="Rule" />
      </div>
      {reason !== null && (
        <Notice
          action={
            <Button
              onClick={() => {
                setTyped(null)
                setReason(null)
              }}
              size="s"
            >
              Undo
            </Button>
          }
          tone="bad"
        >
          <span id={`${id}-error`}>{reason}</span> The form is as it was before.
        </Notice>
      )}
      <textarea
        aria-describedby={reason === null ? undefined : `${id}-error`}
        aria-invalid={reason === null ? undefined : true}
        className="input mono yaml-text"
        data-test="rule_yaml"
        id={id}
        onBlur={leave}
        onChange={(event) => write(event.target.value)}
        spellCheck={false}
        value={typed ?? text}
        wrap="off"
      />
    </section>
  )
}
