import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Notice } from '../../../ui/Feedback.tsx'
import { JsonValue } from '../../../ui/json/JsonTree.tsx'
import { StatusBadge } from '../../../ui/StatusBadge.tsx'
import { valueOfText } from '../details/value-text.ts'
import { useDesigner, useDesignerState } from '../state/designer-context.ts'
import { showTask } from '../state/show-task.ts'
import { maskSecrets, secretTexts } from './mask-secrets.ts'
import {
  answerQuestion,
  endAction,
  endAllWell,
  canTakeBack,
  MAX_SIMULATED_ENDS,
  type SimulatedEnd,
  type SimulationState,
  takeBack,
  type WaitingAction,
} from './simulation.ts'

/** Conducts the workflow by hand: every action that would run waits for its end. */
export function SimulationBar({ state }: { readonly state: SimulationState }) {
  const { view } = useDesigner()
  const { parameters } = useDesignerState().metadata.model
  const secrets = secretTexts(parameters, state.inputs)
  const [problem, setProblem] = useState<string | null>(null)
  const take = (step: () => SimulationState) => {
    try {
      view.setState({ performance: { kind: 'simulation', state: step() } })
      setProblem(null)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  const isOver = state.waiting.length === 0 && state.question === null
  return (
    <div aria-label="Simulation" className="play-bar" data-test="simulation_bar" role="group">
      <div className="row">
        <strong>Simulation</strong>
        <StatusBadge status={state.status} testId="simulation_status" />
        <span className="grow truncate muted simulation-note">Nothing runs and nothing is stored.</span>
        <Button
          data-test="simulation_back"
          disabledReason={canTakeBack(state) ? undefined : 'This is the beginning'}
          icon="undo"
          onClick={() => take(() => takeBack(state))}
          size="s"
        >
          Step back
        </Button>
        <Button
          data-test="simulation_rest"
          disabledReason={state.waiting.length > 0 ? undefined : 'Nothing waits'}
          icon="play"
          onClick={() => take(() => endAllWell(state))}
          size="s"
        >
          All succeed
        </Button>
        <Button
          aria-label="End the simulation"
          data-test="simulation_close"
          icon="cross"
          look="plain"
          onClick={() => view.setState({ performance: null })}
          size="s"
        />
      </div>
      {problem !== null && <Notice tone="bad">{problem}</Notice>}
      {state.events.length >= MAX_SIMULATED_ENDS && (
        <Notice tone="warn">
          {MAX_SIMULATED_ENDS} actions have ended. A workflow that goes round in circles never comes to its end.
        </Notice>
      )}
      {state.question !== null && (
        <Question
          key={JSON.stringify(state.question.request)}
          onAnswer={(value) => take(() => answerQuestion(state, value))}
          state={state}
        />
      )}
      {state.waiting.map((action) => (
        <Waiting
          action={action}
          input={maskSecrets(action.input, secrets)}
          key={action.id}
          onEnd={(end) => take(() => endAction(state, end))}
        />
      ))}
      {state.errors.map((message) => (
        <p className="mono play-error" key={message}>
          {String(maskSecrets(message, secrets))}
        </p>
      ))}
      {isOver && (
        <div data-test="simulation_output">
          <JsonValue
            label="Output"
            maxHeight={160}
            title={<h3>Output</h3>}
            value={maskSecrets(state.output, secrets)}
          />
        </div>
      )}
    </div>
  )
}

interface WaitingProps {
  readonly action: WaitingAction
  /** What it was given, without secrets. */
  readonly input: unknown
  readonly onEnd: (end: SimulatedEnd) => void
}

function Waiting({ action, input, onEnd }: WaitingProps) {
  const designer = useDesigner()
  const [result, setResult] = useState('')
  const { id, task, item } = action
  const end = (status: SimulatedEnd['status']) =>
    onEnd({ id, status, result: result.trim() === '' ? null : valueOfText(result) })
  const name = item === null ? task : `${task} [${item}]`
  return (
    <div aria-label={name} className="waiting-action" data-waiting={task} role="group">
      <button className="waiting-name truncate" onClick={() => showTask(designer, task)} title={name} type="button">
        {name}
      </button>
      <span className="mono muted truncate waiting-input" title={JSON.stringify(input)}>
        {String(action.action)} {JSON.stringify(input)}
      </span>
      <input
        aria-label={`Result of ${name}`}
        className="input mono waiting-result"
        onChange={(event) => setResult(event.target.value)}
        placeholder='result: {"stdout": "…"}'
        spellCheck={false}
        value={result}
      />
      <Button aria-label={`${name} succeeds`} icon="check" onClick={() => end('succeeded')} size="s">
        <span className="designer-word">Succeeds</span>
      </Button>
      <Button aria-label={`${name} fails`} icon="cross" look="danger" onClick={() => end('failed')} size="s">
        <span className="designer-word">Fails</span>
      </Button>
    </div>
  )
}

interface QuestionProps {
  readonly state: SimulationState
  readonly onAnswer: (value: unknown) => void
}

/** Simulations know no datastore: whoever simulates says what is in it. */
function Question({ state, onAnswer }: QuestionProps) {
  const [text, setText] = useState('')
  const request = state.question?.request
  if (request === undefined) return null
  const what = request.source === 'st2kv' ? `st2kv('${request.key}')` : `task('${request.task}')`
  return (
    <form
      className="waiting-action"
      data-test="simulation_question"
      onSubmit={(event) => {
        event.preventDefault()
        onAnswer(valueOfText(text))
      }}
    >
      <span>
        An expression asks for <code>{what}</code>. It is:
      </span>
      <input
        aria-label={`Value of ${what}`}
        className="input mono waiting-result"
        onChange={(event) => setText(event.target.value)}
        value={text}
      />
      <Button icon="check" size="s" type="submit">
        Answer
      </Button>
      <Button onClick={() => onAnswer(undefined)} size="s">
        There is none
      </Button>
    </form>
  )
}
