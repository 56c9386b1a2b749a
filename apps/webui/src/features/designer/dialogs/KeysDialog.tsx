import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Kbd } from '../../../ui/Feedback.tsx'

const GROUPS: readonly { readonly title: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'On the canvas',
    keys: [
      ['↑ ↓', 'along transitions, to what leads here and what follows'],
      ['← →', 'to what else follows the same task'],
      ['Home End', 'first task, last task'],
      ['Tab or Insert', 'add a task after the chosen one'],
      ['L', 'lead to a task that is there'],
      ['Enter', 'edit the chosen task'],
      ['F2', 'rename it'],
      ['O', 'open its action'],
      ['R', 'run the workflow'],
      ['Delete', 'delete what is chosen'],
      ['Alt ↑ ↓ ← →', 'move what is chosen, with Shift further'],
      ['Shift ↑ ↓ ← →', 'choose one more'],
      ['Ctrl A', 'choose all tasks'],
      ['Ctrl C X V', 'copy, cut, paste tasks as YAML, also between workflows'],
      ['Ctrl D', 'duplicate what is chosen'],
      ['+ - 0', 'zoom in, out, show all of it'],
      ['Esc', 'choose none'],
    ],
  },
  {
    title: 'Everywhere',
    keys: [
      ['F6', 'to the next part of the screen, with Shift back'],
      ['Ctrl Z', 'undo'],
      ['Ctrl Y', 'do again; Ctrl Shift Z as well'],
      ['Ctrl S', 'save, with Shift as another action'],
      ['Ctrl F', 'find a task'],
      ['Ctrl K', 'go anywhere'],
      ['?', 'these keys'],
    ],
  },
  {
    title: 'By mouse',
    keys: [
      ['Shift drag', 'choose what is inside of a frame'],
      ['Shift click', 'choose one more'],
      ['Ctrl wheel', 'zoom'],
    ],
  },
]

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog
      foot={
        <Button data-autofocus="" onClick={onClose}>
          Close
        </Button>
      }
      onClose={onClose}
      testId="keys_dialog"
      title="Keys of the designer"
      width={760}
    >
      <div className="keys-columns">
        {GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className="keys-list">
              {keys.map(([key, meaning]) => (
                <div key={key}>
                  <dt>
                    {key
                      .split(' ')
                      .map((part, index) => (part === 'or' ? ' or ' : <Kbd key={`${index}${part}`}>{part}</Kbd>))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
