import './choose.css'
import type { Execution } from '@st2/model'
import { usePreferences } from '../../../ui/preferences.ts'
import { formatClock } from '../../../ui/time.ts'
import { useChoice } from './choice.ts'
import type { OnChoose } from './use-choosing.ts'

interface ChooseBoxProps {
  readonly execution: Execution
  readonly onChoose: OnChoose
}

/** Whether a row is chosen; a click with Shift takes all from the last one on. */
export function ChooseBox({ execution, onChoose }: ChooseBoxProps) {
  const isChosen = useChoice(({ ids }) => ids.has(execution.id))
  const zone = usePreferences((state) => state.zone)
  const name = execution.action?.ref ?? execution.id
  return (
    <label className="choose-box">
      <input
        aria-keyshortcuts="x"
        aria-label={`Choose ${name} of ${formatClock(execution.start_timestamp, zone)}`}
        checked={isChosen}
        data-row-box=""
        onChange={({ nativeEvent }) =>
          onChoose(execution.id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey ? 'range' : 'one')
        }
        type="checkbox"
      />
    </label>
  )
}
