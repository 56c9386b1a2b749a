import './choose.css'
import type { Execution } from '@st2/model'
import { Kbd } from '../../../ui/Feedback.tsx'
import { chooseAll, useChoice } from './choice.ts'

/** Takes the whole page in or out: what stands on its top level. */
export function ChooseAll({ items }: { readonly items: readonly Execution[] }) {
  const ids = useChoice((choice) => choice.ids)
  const chosen = items.filter(({ id }) => ids.has(id)).length
  const isAll = chosen === items.length
  return (
    <div className="choose-all">
      <label className="check grow">
        <input
          checked={isAll}
          data-test="choose_all"
          onChange={() =>
            chooseAll(
              items.map(({ id }) => id),
              !isAll,
            )
          }
          ref={(box) => {
            if (box !== null) box.indeterminate = chosen > 0 && !isAll
          }}
          type="checkbox"
        />
        Choose all on this page
      </label>
      <span className="hint-keys muted">
        <Kbd>x</Kbd> a row, <Kbd>Shift</Kbd> a range
      </span>
    </div>
  )
}
